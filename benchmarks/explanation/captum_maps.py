"""How many maps a second Captum makes of the 8-layer ConvNet with PyTorch on the CPU.

Prints a line for each method and setting: ``captum METHOD SETTING MAPS_PER_SECOND``. Network, images and settings are
those of ExplainMaps.java. Captum is given all 16 images in one call, which is how it is quickest, and each method at its
defaults as well as at the batch sizes that Captum leaves to its users; once with PyTorch's default layout of images in
memory and once with the one that its convolutions like best.
"""

import sys
import time
import warnings

import torch
from captum.attr import IntegratedGradients, NoiseTunnel, Occlusion, Saliency
from torch import nn

SIDE, WIDTH, IMAGES, CLASSES = 48, 16, 16, 4


def block(channels_in, channels_out):
    return [
        nn.Conv2d(channels_in, channels_out, 3, padding=1, bias=False),
        nn.BatchNorm2d(channels_out, eps=1e-3),
        nn.ReLU(),
    ]


def network():
    w = WIDTH
    layers = [*block(3, w), *block(w, w), nn.MaxPool2d(2)]
    layers += [*block(w, 2 * w), *block(2 * w, 2 * w), nn.MaxPool2d(2)]
    layers += [*block(2 * w, 4 * w), *block(4 * w, 4 * w), nn.MaxPool2d(2)]
    layers += [nn.Flatten(), nn.Linear((SIDE // 8) ** 2 * 4 * w, 128, bias=False)]
    layers += [nn.BatchNorm1d(128, eps=1e-3), nn.ReLU(), nn.Linear(128, CLASSES)]
    model = nn.Sequential(*layers).eval()
    return model.requires_grad_(False)  # else PyTorch would compute gradients of the weights that nobody asks for


def maps_per_second(attribute, seconds):
    attribute()
    started, maps = time.perf_counter(), 0
    while True:
        attribute()
        maps += IMAGES
        elapsed = time.perf_counter() - started
        if elapsed >= seconds:
            return maps / elapsed


def calls(model, images):
    target = torch.zeros(IMAGES, dtype=torch.long)
    occlusion = Occlusion(model)
    for evaluations in (1, 2, 4, 8):
        yield "occlusion", "default" if evaluations == 1 else f"perturbations_per_eval={evaluations}", lambda: (
            occlusion.attribute(
                images,
                sliding_window_shapes=(3, 10, 10),
                strides=(3, 4, 4),
                baselines=0,
                target=target,
                perturbations_per_eval=evaluations,
            )
        )
    saliency = Saliency(model)
    yield "saliency", "default", lambda: saliency.attribute(images, target=target)
    integrated = IntegratedGradients(model)
    for batch in (None, 32, 64, 128):
        yield "integrated_gradients", "default" if batch is None else f"internal_batch_size={batch}", lambda: (
            integrated.attribute(images, target=target, n_steps=50, internal_batch_size=batch)
        )
    tunnel = NoiseTunnel(Saliency(model))
    for batch in (None, 1, 2, 4):
        yield "smoothgrad", "default" if batch is None else f"nt_samples_batch_size={batch}", lambda: (
            tunnel.attribute(images, target=target, nt_samples=16, stdevs=0.3, nt_samples_batch_size=batch)
        )


def main(seconds):
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    model = network()
    images = 2 * torch.rand(IMAGES, 3, SIDE, SIDE) - 1
    for layout in (torch.contiguous_format, torch.channels_last):
        model = model.to(memory_format=layout)
        images = images.to(memory_format=layout)
        suffix = ",channels_last" if layout == torch.channels_last else ""
        for method, setting, attribute in calls(model, images):
            speed = maps_per_second(attribute, seconds)
            print(f"captum {method} {setting}{suffix} {speed:.2f}", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
