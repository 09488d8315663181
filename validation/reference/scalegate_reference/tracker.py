"""Counts the storages that live while a program runs on fake tensors, as CUDA's caching allocator would."""

import gc
import weakref
from collections import defaultdict

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

GIB = 2**30

# CUDA's allocator rounds each block to 512 bytes (c10/cuda/CUDACachingAllocator.cpp, kMinBlockSize).
BLOCK = 512

# Operators whose outputs are buffers of sharding: what is gathered, and what is on its way to be reduced.
SHARDING = ("all_gather", "reduce_scatter", "split_with_sizes_copy", "chunk_cat")


# What a program reads of tensors without data: norms and losses are finite, nothing has overflowed.
NUMBERS = {torch.bool: False, torch.int64: 0, torch.int32: 0, torch.uint8: 0}


class Block:
    """One live storage: what it holds is told afterwards, when the step has shown what it was for."""

    __slots__ = ("size", "kind", "shape", "dtype", "maker")

    def __init__(self, tensor, maker):
        self.size = rounded(tensor.untyped_storage().nbytes())
        self.kind = "sharding" if any(name in maker for name in SHARDING) else None
        self.shape, self.dtype, self.maker = tuple(tensor.shape), tensor.dtype, maker


class Moment:
    """The largest moment of a phase."""

    def __init__(self):
        self.size, self.blocks, self.maker = 0, [], ""


class Tracker(TorchDispatchMode):
    """Follows every storage on the device, with `UntypedStorage.resize_` (FSDP) and the local part of DTensors."""

    active = []

    def __init__(self, device="cpu"):
        super().__init__()
        self.device = device
        self.live, self.blocks, self.phases = 0, {}, defaultdict(Moment)
        self.phase, self.maker = "setup", ""

    def __enter__(self):
        Tracker.active.append(self)
        return super().__enter__()

    def __exit__(self, *reason):
        Tracker.active.remove(self)
        return super().__exit__(*reason)

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.maker = str(func)
        if func is torch.ops.aten._local_scalar_dense.default:
            return NUMBERS.get(args[0].dtype, 1.0)
        out = func(*args, **(kwargs or {}))
        # Autograd adds a second gradient in place, but not to a subclass of tensors, as fake ones are
        # (torch/csrc/autograd/input_buffer.cpp, accumulate): its first one is not there any more.
        replaced = self._replaced(func, args)
        self.live -= replaced
        for tensor in tree_leaves(out):
            if isinstance(tensor, torch.Tensor):
                self.register(tensor)
        self.live += replaced
        return out

    def _replaced(self, func, args):
        is_sum = func is torch.ops.aten.add.Tensor and isinstance(args[1], torch.Tensor)
        if not is_sum or torch.is_grad_enabled() or torch._C._current_graph_task_id() == -1:
            return 0
        if args[0].shape != args[1].shape:
            return 0
        block = self.blocks.get(args[0].untyped_storage()._cdata)
        return block.size if block else 0

    def register(self, tensor):
        tensor = local(tensor)
        storage = tensor.untyped_storage()
        key = storage._cdata
        if tensor.device.type != self.device or key in self.blocks or storage.nbytes() == 0:
            return
        block = Block(tensor, self.maker)
        self.blocks[key] = block
        self.live += block.size
        weakref.finalize(storage, self._free, key)
        self._grown()

    def _free(self, key):
        self.live -= self.blocks.pop(key).size if key in self.blocks else 0

    def resized(self, storage):
        block = self.blocks.get(storage._cdata)
        if block is None:
            return
        size = rounded(storage.nbytes())
        self.live += size - block.size
        resized = Block.__new__(Block)
        resized.size, resized.kind, resized.shape = size, block.kind or "sharding", block.shape
        resized.dtype, resized.maker = block.dtype, block.maker
        self.blocks[storage._cdata] = resized
        self._grown()

    def _grown(self):
        moment = self.phases[self.phase]
        if self.live > moment.size:
            moment.size, moment.maker, moment.blocks = self.live, self.maker, list(self.blocks.values())

    def enter(self, phase):
        self.phase = phase
        self._grown()

    def label(self, kind, tensors):
        for tensor in tensors:
            block = self.blocks.get(local(tensor).untyped_storage()._cdata)
            if block is not None:
                block.kind = kind

    def label_rest(self, kind_of):
        """Everything alive that has no kind yet."""
        gc.collect()
        for block in self.blocks.values():
            block.kind = block.kind or kind_of(block)


def local(tensor):
    return getattr(tensor, "_local_tensor", tensor)


def rounded(size, multiple=BLOCK):
    return -(-size // multiple) * multiple


_resize = torch.UntypedStorage.resize_


def _resize_and_tell(storage, size):
    result = _resize(storage, size)
    for tracker in Tracker.active:
        tracker.resized(storage)
    return result


torch.UntypedStorage.resize_ = _resize_and_tell


def _apply(module, function, recurse=True):
    """`Module._apply` as it is, but for a new parameter where it swaps `.data`, which hides the change of storage."""
    for child in module.children() if recurse else ():
        child._apply(function)
    for key, parameter in module._parameters.items():
        if parameter is not None:
            with torch.no_grad():
                moved = function(parameter)
            if moved is not parameter:
                module._parameters[key] = torch.nn.Parameter(moved.detach(), parameter.requires_grad)
    for key, buffer in module._buffers.items():
        if buffer is not None:
            module._buffers[key] = function(buffer)
    return module


torch.nn.Module._apply = _apply
