"""Makes a table and the RESULT line of what TrainConvNet, BeginTrials and train_convnet.py printed in several rounds.

Ratios are over PyTorch in fp32 and the setting that it is quickest with; each is the median of the rounds' ratios. Fails if
macro F1 was measured, too, and bf16 changes it.
"""

import sys
from collections import defaultdict
from statistics import median

EQUAL_POINTS = 0.5
TABLE = [
    ("steps", "images/s of steps alone"),
    ("slots", "images/s of a session of one thread on each core"),
    ("epoch", "images/s of an epoch, with reading and augmentation"),
]


def main(lines):
    rounds = defaultdict(list)
    for line in lines:
        who, what, setting, number = line.split()
        rounds[who, what, setting].append(float(number))
    numbers = {key: median(values) for key, values in rounds.items()}
    theirs = max(
        (key for key in numbers if key[0] == "pytorch" and key[2].startswith("fp32")), key=lambda key: numbers[key]
    )

    def ratio(key, other):
        return median(one / another for one, another in zip(rounds[key], rounds[other]))

    for wanted, title in TABLE:
        print(f"{title:52} {'median':>9} {'lowest':>9} {'highest':>9} of PyTorch's fp32")
        for (who, what, setting), number in numbers.items():
            if what == wanted:
                low, high = min(rounds[who, what, setting]), max(rounds[who, what, setting])
                print(f"  {who:10}{setting:40} {number:9.1f} {low:9.1f} {high:9.1f} {ratio((who, what, setting), theirs):7.2f}")
    for (who, what, setting), number in numbers.items():
        if what == "input_share":
            print(f"share of a step that waits for input, input_share {setting}={number:.3f}")

    apart = 0
    if ("karyoflow", "macro_f1", "bf16") in numbers:
        fp32, bf16 = (100 * numbers["karyoflow", "macro_f1", precision] for precision in ("fp32", "bf16"))
        apart = abs(fp32 - bf16)
        print(f"macro F1, mean of 3 seeds: fp32 {fp32:.2f} %, bf16 {bf16:.2f} %: {apart:.2f} points apart")

    fp32, bf16 = (ratio(("karyoflow", "steps", precision), theirs) for precision in ("fp32", "bf16"))
    two_slots = ratio(("karyoflow", "slots", "fp32"), ("karyoflow", "steps", "fp32"))
    overhead = numbers["karyoflow", "trial", "begun"]
    print(
        f"RESULT fp32_ratio={fp32:.2f} bf16_ratio={bf16:.2f} two_slots_ratio={two_slots:.2f}"
        f" trial_overhead_s={overhead:.2f}"
    )
    return apart > EQUAL_POINTS


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
