"""Writes time_zones.json: offsets of 20 time zones from Python's zoneinfo.

python3 generate_time_zones.py, with the time zone database of the machine (written with 2025b).
Years from 1980 to 2024, whose rules no later edition of the database changes.
"""

import json
import random
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

ZONES = [
    "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns",
    "Europe/London", "Europe/Berlin", "Europe/Moscow", "Europe/Istanbul", "Africa/Johannesburg",
    "Africa/Cairo", "Asia/Tokyo", "Asia/Hong_Kong", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "America/Santiago",
]
START = int(datetime(1980, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(2025, 1, 1, tzinfo=timezone.utc).timestamp())


def offset(zone, instant):
    return int(datetime.fromtimestamp(instant, zone).utcoffset().total_seconds())


def changes(zone):
    """Instants at which clocks are set: every hour is looked at, then bisected."""
    found = []
    for start in range(START, END, 3600):
        if offset(zone, start) == offset(zone, start + 3600):
            continue
        low, high = start, start + 3600
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if offset(zone, middle) == offset(zone, high) else (middle, high)
        found.append(high)
    return found


def main():
    rng = random.Random(20240308)
    zones = {}
    for name in ZONES:
        zone = ZoneInfo(name)
        all_changes = changes(zone)
        instants = [rng.randrange(START, END) for _ in range(30)]
        instants += [change + step for change in rng.sample(all_changes, min(12, len(all_changes))) for step in (-1, 0)]
        zones[name] = {
            "offsets": [[t, offset(zone, t)] for t in sorted(instants)],
            "changes": [[t, offset(zone, t - 1), offset(zone, t)] for t in all_changes[-8:]],
        }
    with open("time_zones.json", "w", encoding="utf-8") as file:
        json.dump({"zones": zones}, file, separators=(",", ":"))
        file.write("\n")


main()
