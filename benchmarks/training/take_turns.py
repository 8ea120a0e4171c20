"""Measures Karyoflow and PyTorch in turn, a moment each, many times: a machine's speed may change by half within a minute, and
then only what was measured side by side can be compared.

take_turns.py ROUNDS SECONDS LOG KARYOFLOW PYTORCH: the last two are commands that answer questions, each one argument; what
they complain of goes to the file LOG. Prints what they answer.
"""

import shlex
import subprocess
import sys

QUESTIONS = [
    ("karyoflow", "steps", "fp32"),
    ("pytorch", "steps", "fp32,channels_last"),
    ("karyoflow", "steps", "bf16"),
    ("pytorch", "steps", "bf16,channels_last"),
    ("karyoflow", "slots", "fp32"),
    ("pytorch", "steps", "fp32,channels_last,ghost_batches"),
    ("karyoflow", "steps", "fp32,in_one_piece"),
    ("pytorch", "steps", "fp32,default"),
    ("karyoflow", "steps", "bf16,in_one_piece"),
    ("pytorch", "steps", "bf16,default"),
    ("karyoflow", "epoch", "default_augmentation"),
    ("karyoflow", "epoch", "every_augmentation"),
]


def answers(who, program, question):
    program.stdin.write(question + "\n")
    program.stdin.flush()
    while True:
        line = program.stdout.readline()
        if not line:
            sys.exit(f"{program.args[0]} ended without an answer to '{question}'")
        if not line.strip():
            return
        if line.startswith(who):
            yield line.strip()


def main(rounds, seconds, log, commands):
    programs = {
        who: subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        for who, command in commands.items()
    }
    for number in range(rounds + 1):
        print(f"round {number} of {rounds}" if number else "warming up", file=sys.stderr)
        for who, what, setting in QUESTIONS:
            for answer in answers(who, programs[who], f"{what} {setting} {seconds}"):
                if number:
                    print(answer, flush=True)
    for program in programs.values():
        program.stdin.close()
        program.wait()


if __name__ == "__main__":
    with open(sys.argv[3], "w") as log:
        main(int(sys.argv[1]), float(sys.argv[2]), log, {"karyoflow": sys.argv[4], "pytorch": sys.argv[5]})
