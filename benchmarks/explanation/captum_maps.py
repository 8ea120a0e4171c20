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
from convnet import SIDE, network

IMAGES = 16


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
    # no gradients of weights: PyTorch would compute them though nobody asks for them
    model = network().eval().requires_grad_(False)
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
