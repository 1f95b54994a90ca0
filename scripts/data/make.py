"""Makes the CSV files of notebooks/data/: from two packages of the Python index, and one by simulation. Run by hand, with
nothing but Python and pip:

    python3 scripts/data/make.py

The packages are fetched into a folder that is deleted afterwards, checked against their SHA-256 sums, and only read: none
of their code runs. The files written are the same on every machine; their sums stand in notebooks/data/README.md.
"""

import csv
import gzip
import hashlib
import io
import math
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

target = Path(__file__).resolve().parents[2] / "notebooks" / "data"

packages = {
    "bokeh_sampledata==2026.1": "f40331a40ca30c64a1c1471835aad9006b61b0d9731a3f649ee8cbbf48d3822f",
    "mlfinpy==0.1.2": "2e0237e0a5f693bb1c7e9758e52ec03033a4d24ecee1162899d8241d7340e3f2",
}

# Date from which the new prices hold, and how many new shares an old one became.
splits = {"AAPL": [("2005-02-28", 2)]}
first_day = "2005-01-03"


def wheel(name, checksum, folder):
    options = ["--no-deps", "--only-binary", ":all:", "--quiet", "--disable-pip-version-check", "--dest", folder]
    subprocess.run([sys.executable, "-m", "pip", "download", *options, name], check=True)
    (path,) = Path(folder).glob(f"{name.split('==')[0]}-*.whl")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != checksum:
        sys.exit(f"{path.name} has the checksum {found}, not {checksum}")
    return zipfile.ZipFile(path)


def write(name, header, rows):
    path = target / name
    text = "\n".join(",".join(row) for row in [header, *rows]) + "\n"
    path.write_bytes(text.encode())
    print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}  {len(rows)} rows, {path.stat().st_size} bytes")


def plain(value):
    """Four decimals at most, without zeros at the end."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def stocks(package):
    packed = package.read("bokeh_sampledata/_data/stocks.csv.gz")
    table = csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))
    rows = {}
    for row in table:
        if row["Date"] >= first_day:
            rows.setdefault(row["Ticker"], []).append(row)
    for ticker, days in rows.items():
        out = []
        for row in sorted(days, key=lambda day: day["Date"]):
            factor = 1
            for day, shares in splits.get(ticker, []):
                if row["Date"] < day:
                    factor *= shares
            prices = [plain(float(row[name]) / factor) for name in ("Open", "High", "Low", "Close")]
            out.append([row["Date"], *prices, str(int(float(row["Volume"])) * factor)])
        write(f"{ticker.lower()}.csv", ["date", "open", "high", "low", "close", "volume"], out)


def futures(package):
    text = package.read("mlfinpy/dataset/data/tick_data.csv").decode()
    seconds = {}
    for row in csv.DictReader(io.StringIO(text)):
        moment = row["DateTime"]
        if "2013-09-03 08:30" <= moment < "2013-09-03 13:50":
            # The last price before the end of each five seconds.
            second = int(moment[17:19]) // 5 * 5
            seconds[f"{moment[:17]}{second:02d}"] = float(row["Price"])
    # Five seconds without a trade keep the price before.
    filled, last = [], None
    for step in range(320 * 12):
        time = f"2013-09-03 {8 + (30 + step // 12) // 60:02d}:{(30 + step // 12) % 60:02d}:{step % 12 * 5:02d}"
        last = seconds.get(time, last)
        filled.append([time, plain(last)])
    write("emini_5s.csv", ["time", "price"], filled)


# Ten sessions around Thanksgiving 2024 (no session on the 28th), with their minutes: the 29th closes at 13:00.
sessions = {f"11/{day}/2024": 390 for day in (18, 19, 20, 21, 22, 25, 26, 27)} | {"11/29/2024": 210, "12/02/2024": 390}
sigma, half_spread, night = 0.04, 0.01, 0.5  # USD/share/root of a minute; USD/share; USD/share
lost = ("11/26/2024", range(120, 127))  # minutes that the file lacks


def normal(generator):
    """Nearly a standard normal draw, by additions alone, which are the same on every machine."""
    return sum(generator.random() for _ in range(12)) - 6


def simulated():
    """Bars of one minute of a stock that does not exist, written as many vendors do: newest first, months first."""
    generator = random.Random(2024)
    price, rows = 50.0, []
    for date, length in sessions.items():
        activity = 0.75 + 0.5 * generator.random()
        for minute in range(length):
            trades = []
            for _ in range(60):
                price += sigma / math.sqrt(60) * normal(generator)
                side = half_spread if generator.random() < 0.5 else -half_spread
                trades.append(round(price + side, 2))
            # A U over the day: three times as busy at its ends as in its middle.
            curve = 1 + 2 * ((2 * minute + 1) / length - 1) ** 2
            volume = int(3000 * activity * curve * (0.5 + generator.random()))
            time = f"{9 + (30 + minute) // 60:02d}:{(30 + minute) % 60:02d}"
            bar = [f"{value:.2f}" for value in (trades[0], max(trades), min(trades), trades[-1])]
            if not (date == lost[0] and minute in lost[1]):
                rows.append([date, time, *bar, str(volume)])
        price += night * normal(generator)
    rows.reverse()
    write("simulated_1min.csv", ["Date", "Time", "Open", "High", "Low", "Last", "Volume"], rows)


def main():
    with tempfile.TemporaryDirectory() as folder:
        shares, trades = (wheel(name, checksum, folder) for name, checksum in packages.items())
        stocks(shares)
        futures(trades)
    simulated()


main()
