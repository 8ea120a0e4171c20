"""How many images a second PyTorch trains the 8-layer ConvNet on, on the CPU.

Reads lines ``steps PRECISION,LAYOUT SECONDS`` from standard input, measures for so long, and answers as TrainConvNet.java
does: ``pytorch steps PRECISION,LAYOUT IMAGES_PER_SECOND`` and an empty line. LAYOUT is how images lie in memory. Network,
images and settings are those of TrainConvNet.java: 32 images of 100 x 100 pixels a step, which lie in memory as bytes and
are resized to 48 x 48 with antialiasing in the step, AdamW, dropout of 0.3. PyTorch resizes bytes, which is how it is
quickest, and steps with its fused AdamW.

Karyoflow computes a batch in ghost batches, a thread each. So does the setting ``ghost_batches`` here: as many Python threads
as cores, which take a part of the batch each and have a thread each for its operations; their gradients are summed. Its line
says how much of a difference to PyTorch as it is commonly used is due to that.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import torch
from convnet import CLASSES, SIDE, network
from torch import nn

IMAGE_SIDE = 100
BATCH, BATCHES, WARM_UP_STEPS = 32, 16, 60


def warm_step(layout, precision, parts):
    """What makes one step, called with its number; it is called often enough first."""
    model = network(dropout=0.3).train().to(memory_format=layout)
    parameters = list(model.parameters())
    optimiser = torch.optim.AdamW(parameters, lr=1e-3, eps=1e-7, weight_decay=0, fused=True)
    loss_of = nn.CrossEntropyLoss()
    batches = [
        torch.randint(0, 256, (BATCH, 3, IMAGE_SIDE, IMAGE_SIDE), dtype=torch.uint8).to(memory_format=layout)
        for _ in range(BATCHES)
    ]
    labels = torch.arange(BATCH) % CLASSES
    cores = torch.get_num_threads()
    side_by_side = ThreadPoolExecutor(parts, initializer=lambda: torch.set_num_threads(cores // parts))

    def loss(images, truth):
        small = nn.functional.interpolate(images, size=(SIDE, SIDE), mode="bilinear", antialias=True)
        input = small.to(torch.float32).div_(127.5).sub_(1)
        with torch.autocast("cpu", dtype=torch.bfloat16) if precision == "bf16" else nullcontext():
            return loss_of(model(input), truth)

    def gradients(part):
        value = loss(*part)
        return value.item(), torch.autograd.grad(value, parameters)

    def step(number):
        batch = batches[number % BATCHES]
        optimiser.zero_grad()
        if parts == 1:
            value = loss(batch, labels)
            value.backward()
            optimiser.step()
            return value.item()
        found = list(side_by_side.map(gradients, zip(batch.chunk(parts), labels.chunk(parts))))
        for parameter, *each in zip(parameters, *(grads for _, grads in found)):
            parameter.grad = sum(each) / parts
        optimiser.step()
        return sum(value for value, _ in found) / parts

    for number in range(WARM_UP_STEPS):
        step(number)
    return step


def images_per_second(step, seconds):
    started, steps = time.perf_counter(), 0
    while True:
        step(steps)
        steps += 1
        elapsed = time.perf_counter() - started
        if elapsed >= seconds:
            return steps * BATCH / elapsed


def main(questions):
    torch.manual_seed(0)
    warm = {}
    for question in questions:
        what, setting, seconds = question.split()
        if setting not in warm:
            precision, layout, *ghost_batches = setting.split(",")
            memory_format = torch.channels_last if layout == "channels_last" else torch.contiguous_format
            warm[setting] = warm_step(memory_format, precision, torch.get_num_threads() if ghost_batches else 1)
        print(f"pytorch {what} {setting} {images_per_second(warm[setting], float(seconds)):.4f}\n", flush=True)


if __name__ == "__main__":
    main(sys.stdin)
