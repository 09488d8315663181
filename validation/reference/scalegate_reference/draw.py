"""Facts of runs, drawn at random and independently of one another."""

import dataclasses
import random

from . import architectures

# Of a model with more layers these many are kept; one row in twenty keeps all, and shows that nothing is lost.
LAYERS = 8
# DeepSpeed's hooks are slow where there is no GPU.
DEEPSPEED_LAYERS = 4

# What a class of rows is: method, what divides it, and how many in a hundred rows.
CLASSES = {
    "full-one-gpu": ("full", "none", 22),
    "lora-one-gpu": ("lora", "none", 22),
    "qlora-one-gpu": ("qlora", "none", 16),
    "ddp": (None, "ddp", 8),
    "full-fsdp2": ("full", "fsdp2", 14),
    "lora-fsdp2": ("lora", "fsdp2", 8),
    "fsdp1": (None, "fsdp1", 10),
}

# Those of DeepSpeed are drawn apart, so that the others stay as they are: its stage, and adapters or not.
DEEPSPEED = {
    "full-zero1": ("full", 1, 22),
    "full-zero2": ("full", 2, 22),
    "full-zero3": ("full", 3, 34),
    "lora-deepspeed": ("lora", None, 22),
}

# What weights are stored in, and whether autocast, or the policy of FSDP, computes in a shorter type.
PRECISIONS = {
    "full": [("bf16", "bf16"), ("bf16", "bf16-autocast"), ("fp32", "bf16-mixed"), ("fp32", "fp32")],
    "lora": [("bf16", "bf16"), ("bf16", "bf16-autocast"), ("fp32", "bf16-mixed")],
    "qlora": [("bf16", "bf16-autocast")],
}


def draw(seed, count):
    """`count` rows of one seed, the same ones every time."""
    dice = random.Random(seed)
    classes = [name for name, (_, _, weight) in CLASSES.items() for _ in range(weight)]
    return [_row(dice, dice.choice(classes), f"{seed}-{number:03}") for number in range(count)]


def draw_deepspeed(seed, count):
    dice = random.Random(f"deepspeed {seed}")
    classes = [name for name, (_, _, weight) in DEEPSPEED.items() for _ in range(weight)]
    return [_deepspeed_row(dice, dice.choice(classes), f"{seed}-{number:03}") for number in range(count)]


def _deepspeed_row(dice, kind, number):
    method, stage, _ = DEEPSPEED[kind]
    architecture = _architecture(dice, DEEPSPEED_LAYERS)
    facts = {"class": kind, "method": method, "sharding": "deepspeed", "stage": stage or dice.choice([1, 2, 3, 3])}
    facts |= _numbers(dice, architecture) | {"weights": "bf16", "precision": "bf16"}
    facts |= _memory_savers(dice, architecture) | {"optimizer": "adamw"}
    facts |= _adapters(dice, method, architecture)
    return _drawn(dice, number, architecture, facts | _zero(dice, facts["stage"]))


def _zero(dice, stage):
    offload = dice.choice(["none"] * 5 + ["optimizer"] * 2 + (["parameters"] if stage == 3 else []))
    return {
        "ranks": dice.choice([2, 4, 8, 8, 8, 64]),
        "offload": offload,
        "bucket": dice.choice(["auto", "auto", "default", 50_000_000]),
        "overlap": dice.random() < 0.5,
        # Live parameters and the distance of reuse together, as transformers' examples state them.
        "live": dice.choice([None, None, 1_000_000_000, 50_000_000]) if stage == 3 else None,
        "accumulates_in": dice.choice([None] * 5 + ["fp32"]) if offload == "none" else None,
    }


def _architecture(dice, most=LAYERS):
    architecture = dice.choice(architectures.ALL)
    layers = architecture.layers if dice.random() < 0.05 else min(most, architecture.layers)
    return dataclasses.replace(architecture, layers=layers)


def _row(dice, kind, number):
    method, sharding, _ = CLASSES[kind]
    method = method or dice.choice(["full", "lora"])
    architecture = _architecture(dice)
    facts = {"class": kind, "method": method, "sharding": sharding}
    facts |= _numbers(dice, architecture)
    facts |= _precision(dice, method, sharding)
    facts |= _memory_savers(dice, architecture)
    facts |= _adapters(dice, method, architecture)
    facts |= _division(dice, sharding)
    return _drawn(dice, number, architecture, facts)


def _drawn(dice, number, architecture, facts):
    return {
        "id": f"{number}-{architecture.name}-{facts['class']}",
        "heldOut": dice.random() < 1 / 3,
        "architecture": architecture,
        "facts": facts,
    }


def _numbers(dice, architecture):
    length = dice.choice([512, 1024, 2048, 2048, 4096, 8192])
    if architecture.native.get("position_embedding") == "learned":
        length = min(length, 1024)
    batch = dice.choice([size for size in (1, 2, 4, 8, 16) if size * length <= 32768])
    return {"length": length, "batch": batch, "accumulation": dice.choice([1, 1, 4])}


def _precision(dice, method, sharding):
    if sharding in ("fsdp1", "fsdp2"):
        # accelerate's policy is on in most runs; without it everything stays as it is loaded.
        precision = dice.choice(["bf16-mixed", "bf16-mixed", "bf16-mixed", "bf16"])
        is_wide = sharding == "fsdp1" and method == "full" and precision == "bf16-mixed"
        return {"weights": "fp32" if is_wide else "bf16", "precision": precision}
    weights, precision = dice.choice(PRECISIONS[method])
    return {"weights": weights, "precision": precision}


def _memory_savers(dice, architecture):
    return {
        "checkpointing": dice.random() < 0.5,
        "attention": dice.choice(architecture.attentions),
        "optimizer": dice.choice(["adamw"] * 8 + ["adafactor", "sgd"]),
        "implementation": dice.choice(["fused", "fused", "foreach"]),
    }


def _adapters(dice, method, architecture):
    if method == "full":
        return {}
    attention, mlp = list(architecture.attention_targets), list(architecture.mlp_targets)
    targets = dice.choice([attention[:1] + attention[2:3], attention, attention + mlp])
    return {
        "rank": dice.choice([8, 16, 32, 64]),
        "targets": targets,
        "dropout": dice.choice([0.0, 0.05]),
        # PEFT restores a 4-bit matrix for DoRA through bitsandbytes, which is not there.
        "dora": dice.random() < 0.1 and method != "qlora",
        "adapters": dice.choice(["fp32", "fp32", "bf16"]),
        "double_quantization": dice.random() < 0.5,
        "prepared": method == "qlora" and dice.random() < 0.5,
    }


def _division(dice, sharding):
    if sharding == "none":
        return {"ranks": 1, "reshard": True, "synchronizes": True}
    return {
        "ranks": 8 if sharding == "ddp" else dice.choice([2, 4, 8, 8, 8, 64]),
        "reshard": sharding == "ddp" or dice.random() < 0.75,
        "synchronizes": dice.random() < 0.25,
    }
