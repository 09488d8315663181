"""bitsandbytes' 4-bit matrices (0.43.2 and later) as far as memory goes; the library itself wants a GPU."""

import importlib.machinery
import sys
import types

import torch
import torch.nn.functional as F


class MatMul4Bit(torch.autograd.Function):
    """Keeps no input (bitsandbytes/autograd/_functions.py, MatMul4Bit); the weight is restored for each product."""

    @staticmethod
    def forward(ctx, input, shape, bias):
        ctx.shape = shape
        return F.linear(input, input.new_empty(shape), bias)

    @staticmethod
    def backward(ctx, gradient):
        return gradient @ gradient.new_empty(ctx.shape), None, None


class Params4bit(torch.nn.Parameter):
    pass


class Linear4bit(torch.nn.Linear):
    """Blocks of 64 values with an fp32 constant, or one of 8 bits and an fp32 one for 256 of these."""

    def __init__(self, linear, double):
        torch.nn.Module.__init__(self)
        self.out_features, self.in_features = linear.weight.shape
        values = linear.weight.numel()
        self.weight = torch.nn.Parameter(torch.empty(values // 2, 1, dtype=torch.uint8), requires_grad=False)
        self.weight.compress_statistics, self.weight.quant_type, self.weight.quant_state = double, "nf4", None
        self.bias, self.compute_dtype = linear.bias, torch.bfloat16
        self.register_buffer("absmax", torch.empty(values // 64, dtype=torch.uint8 if double else torch.float32))
        self.register_buffer("nested", torch.empty(values // 64 // 256, dtype=torch.float32) if double else None)

    def forward(self, input):
        """Computes in the compute type and gives back the type that it is given (bitsandbytes/nn/modules.py)."""
        bias = None if self.bias is None else self.bias.to(self.compute_dtype)
        shape = self.out_features, self.in_features
        return MatMul4Bit.apply(input.to(self.compute_dtype), shape, bias).to(input.dtype)


def stand_in():
    """Registers a `bitsandbytes` whose classes PEFT recognizes, so that its own adapters go on top."""
    module = types.ModuleType("bitsandbytes")
    module.__spec__ = importlib.machinery.ModuleSpec("bitsandbytes", None)
    module.__version__ = "0.48.0"
    module.nn = types.SimpleNamespace(
        Linear4bit=Linear4bit, Params4bit=Params4bit, Linear8bitLt=type("Linear8bitLt", (), {})
    )
    module.functional = types.ModuleType("bitsandbytes.functional")
    sys.modules["bitsandbytes"], sys.modules["bitsandbytes.functional"] = module, module.functional


def quantize(model, double):
    """Every linear layer but the head (transformers, quantizers: `modules_to_not_convert`)."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, torch.nn.Linear) and child is not model.get_output_embeddings():
                setattr(parent, name, Linear4bit(child, double))
    model.is_loaded_in_4bit = True
    model.quantization_method = None
