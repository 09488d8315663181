"""What CUDA does otherwise than the CPU that fake tensors claim to be on. Import it before a model is built."""

import warnings

import torch
import torch.nn.functional as F
from torch.utils._pytree import tree_map

from .tracker import rounded

SHORT = (torch.bfloat16, torch.float16)

# cuBLAS and cuBLASLt keep a workspace each, of 32 MiB on Hopper (PyTorch docs, CUBLAS_WORKSPACE_CONFIG).
WORKSPACES = 2 * 32 * 2**20


# ---- Autocast: the lists of CUDA that the CPU's lack (aten/src/ATen/autocast_mode.h, AT_FORALL_FP32 and
# AT_FORALL_FP32_SET_OPT_DTYPE). The list of short operators and the cache of cast weights are the same for both.
IN_FP32 = """acos asin cosh erfinv exp expm1 log log10 log2 log1p reciprocal rsqrt sinh tan pow.Tensor_Scalar
pow.Tensor_Tensor pow.Scalar softplus layer_norm native_layer_norm group_norm norm.Scalar norm.ScalarOpt_dim
cosine_similarity nll_loss nll_loss2d kl_div l1_loss smooth_l1_loss huber_loss mse_loss
binary_cross_entropy_with_logits dist cdist logsumexp""".split()
TO_FP32 = "prod prod.dim_int softmax.int log_softmax.int cumprod cumsum sum sum.dim_IntList linalg_vector_norm".split()

_library = torch.library.Library("aten", "IMPL")
_autocast = torch._C.DispatchKeySet(torch._C.DispatchKey.AutocastCPU)


def _widened(value):
    return value.float() if isinstance(value, torch.Tensor) and value.dtype in SHORT else value


def _states_type(args, kwargs):
    return kwargs.get("dtype") is not None or any(isinstance(value, torch.dtype) for value in args)


def _autocast_like_cuda(name, casts_inputs):
    packet, _, overload = name.partition(".")
    operator = getattr(getattr(torch.ops.aten, packet), overload or "default")

    def run(*args, **kwargs):
        with torch._C._ExcludeDispatchKeyGuard(_autocast):
            if casts_inputs:
                return operator(*tree_map(_widened, args), **tree_map(_widened, kwargs))
            is_float = args[0].is_floating_point() and args[0].dtype != torch.float64
            if is_float and not _states_type(args, kwargs):
                kwargs = {**kwargs, "dtype": torch.float32}
            return operator(*args, **kwargs)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _library.impl(name, run, "AutocastCPU", allow_override=True)


for _name in IN_FP32:
    _autocast_like_cuda(_name, casts_inputs=True)
for _name in TO_FP32:
    _autocast_like_cuda(_name, casts_inputs=False)

# Asked without a device, it answers for CUDA: PEFT asks so.
_is_autocast_enabled = torch.is_autocast_enabled
torch.is_autocast_enabled = lambda device="cpu": _is_autocast_enabled(device)


# ---- Attention: what CUDA's kernels save, and what their backward passes allocate
def _heads(like, heads):
    batch, _, length, width = like.shape
    return torch.empty(batch, length, heads, width, dtype=like.dtype, device=like.device).transpose(1, 2)


class FlashAttention(torch.autograd.Function):
    """FlashAttention-2 (aten/src/ATen/native/transformers/cuda/flash_attn/flash_api.cpp, mha_fwd and mha_bwd)."""

    @staticmethod
    def forward(ctx, query, key, value):
        batch, heads, length, _ = query.shape
        out = _heads(query, heads)
        log_sum_exp = query.new_empty(batch, heads, length, dtype=torch.float32)
        ctx.save_for_backward(query, key, value, out, log_sum_exp)
        return out

    @staticmethod
    def backward(ctx, _):
        query, key, value, _out, _lse = ctx.saved_tensors
        batch, heads, length, width = query.shape
        rows = rounded(length, 128)
        width = rounded(width, 32 if width <= 128 else 64)
        accumulated = query.new_empty(batch, rows, heads, width, dtype=torch.float32)
        row_sums = query.new_empty(batch, heads, rows, dtype=torch.float32)
        gradients = tuple(_heads(tensor, tensor.shape[1]) for tensor in (query, key, value))
        # Of grouped heads it makes the gradients of all query heads, and adds them up.
        of_groups = (_heads(key, heads), _heads(value, heads)) if key.shape[1] != heads else ()
        del accumulated, row_sums, of_groups
        return gradients


class EfficientAttention(torch.autograd.Function):
    """Memory-efficient attention (attention.cu, _efficient_attention_forward): the mask is a bias of the queries' type."""

    @staticmethod
    def forward(ctx, query, key, value, mask):
        batch, heads, length, _ = query.shape
        bias = None
        if mask is not None:
            bias = mask if mask.dtype == query.dtype and length % 16 == 0 else None
            if bias is None:
                bias = query.new_empty(*mask.shape[:-1], rounded(length, 16))
        out = query.new_empty(batch, length, heads, value.shape[3]).transpose(1, 2)
        log_sum_exp = query.new_empty(batch, heads, rounded(length, 32), dtype=torch.float32)
        ctx.save_for_backward(query, key, value, out, log_sum_exp, bias)
        return out

    @staticmethod
    def backward(ctx, _):
        query, key, value, _out, _lse, _bias = ctx.saved_tensors
        batch, heads, length, width = query.shape
        gradients = tuple(_heads(tensor, heads) for tensor in (query, key, value))
        delta = query.new_empty(batch, heads, length, dtype=torch.float32)
        accumulated = None
        if query.dtype != torch.float32:
            shape = batch, heads, rounded(length, 64), rounded(width, 32)
            accumulated = query.new_empty(shape, dtype=torch.float32)
        del delta, accumulated
        return (*gradients, None)


def _scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    if torch.is_autocast_enabled("cpu"):
        query, key, value = (tensor.to(torch.get_autocast_dtype("cpu")) for tensor in (query, key, value))
    is_flash = attn_mask is None and query.dtype in SHORT and query.shape[-1] == value.shape[-1] <= 256
    if is_flash:
        return FlashAttention.apply(query, key, value)
    if key.shape[1] != query.shape[1]:
        raise NotImplementedError("CUDA's math kernel, which grouped keys in fp32 reach")
    if attn_mask is not None and attn_mask.dtype != torch.bool:
        attn_mask = attn_mask.to(query.dtype)
    return EfficientAttention.apply(query, key, value, attn_mask)


F.scaled_dot_product_attention = _scaled_dot_product_attention


# ---- Dropout keeps a mask of one byte an element (native_dropout_cuda)
def _dropout(input, p=0.5, training=True, inplace=False):
    return torch.native_dropout(input, p, True)[0] if training and p else input


F.dropout = _dropout


# ---- softmax(dtype=fp32) converts inside the kernel (softmax.cu, half_to_float)
class WideSoftmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        out = input.new_empty(input.shape, dtype=torch.float32)
        ctx.save_for_backward(out)
        ctx.input_dtype = input.dtype
        return out

    @staticmethod
    def backward(ctx, gradient):
        return gradient.new_empty(gradient.shape, dtype=ctx.input_dtype)


_softmax = F.softmax


def _softmax_like_cuda(input, dim=None, _stacklevel=3, dtype=None):
    is_wide = dtype == torch.float32 or torch.is_autocast_enabled("cpu")
    return WideSoftmax.apply(input) if input.dtype in SHORT and is_wide else _softmax(input, dim, _stacklevel, dtype)


F.softmax = _softmax_like_cuda
