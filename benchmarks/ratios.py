"""Reads hyperfine's JSON files, one a round, and prints the median of each command and its ratio to the first one, round by round."""
import json
import statistics
import sys

rounds = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        rounds.append({result["command"]: result["times"] for result in json.load(file)["results"]})

yardstick = next(iter(rounds[0]))
print(f"{'command':<24}{'median':>10}{'fastest':>10}{'ratio (each round)':>22}")
for command in rounds[0]:
    times = [time for measured in rounds for time in measured[command]]
    ratios = [statistics.median(measured[command]) / statistics.median(measured[yardstick]) for measured in rounds]
    spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    print(f"{command:<24}{statistics.median(times) * 1000:>7.1f} ms{min(times) * 1000:>7.1f} ms{spread:>22}")
