"""A step of transformers' Trainer, with PEFT's adapters, on one GPU, under DDP or under accelerate's FSDP."""

import gc
import types

import torch
from torch._subclasses.fake_tensor import FakeTensorMode

from . import cuda, four_bit
from .tracker import GIB, Tracker

four_bit.stand_in()

import accelerate  # noqa: E402  (after bitsandbytes, which it and PEFT look for)
import peft  # noqa: E402
import transformers  # noqa: E402
from accelerate.utils import FullyShardedDataParallelPlugin  # noqa: E402
from accelerate.utils.fsdp_utils import fsdp2_prepare_model  # noqa: E402
from torch.distributed.device_mesh import init_device_mesh  # noqa: E402
from torch.distributed.fsdp import FSDPModule, FullyShardedDataParallel  # noqa: E402
from torch.testing._internal.distributed.fake_pg import FakeStore  # noqa: E402
from transformers import masking_utils  # noqa: E402

# Reads values that fake tensors do not have: batches of full length have no packed documents in them.
masking_utils.find_packed_sequence_indices = lambda position_ids: None

torch.set_num_threads(1)
VERSIONS = {library.__name__: library.__version__ for library in (torch, transformers, peft, accelerate)}

AUTOCAST = ("bf16-autocast", "bf16-mixed")


def measure(architecture, facts):
    """Peak memory of the second optimizer step, by phase and by what lives then."""
    mesh = _ranks(facts["ranks"]) if facts["sharding"] in ("fsdp1", "fsdp2") else None
    with FakeTensorMode(allow_non_fake_inputs=True), Tracker() as tracker, torch.device("cpu"):
        model = base_model(architecture, facts)
        parameters = sum(parameter.numel() for parameter in model.parameters())
        model = _prepared(adapted(model, facts), mesh, facts)
        gc.collect()
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        tracker.label_rest(lambda block: "weights")
        buckets = _ddp_buckets(trained, tracker) if facts["sharding"] == "ddp" else None
        _train(tracker, model, trained, architecture, facts)
        del buckets
    return {
        "parameters": parameters,
        "phases": {phase: described(tracker.phases[phase]) for phase in ("forward", "backward", "step")},
    }


def _ranks(count):
    """A mesh of ranks that are not there; its numbers are real ones, so it is made outside of what is fake."""
    torch.distributed.init_process_group("fake", store=FakeStore(), rank=0, world_size=count)
    return init_device_mesh("cpu", (count,), mesh_dim_names=("dp_shard",))


def base_model(architecture, facts):
    weights = torch.float32 if facts["weights"] == "fp32" else torch.bfloat16
    torch.set_default_dtype(weights)
    model = transformers.AutoModelForCausalLM.from_config(
        architecture.config(), attn_implementation=facts["attention"]
    )
    torch.set_default_dtype(torch.float32)
    model.train()
    model.config.use_cache = False
    return model


def adapted(model, facts):
    if facts["method"] == "qlora":
        four_bit.quantize(model, facts["double_quantization"])
        if facts["prepared"]:
            _prepare_for_kbit_training(model)
    if facts["checkpointing"]:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    if facts["method"] == "full":
        return model
    if facts["checkpointing"]:
        model.enable_input_require_grads()
    adapters = peft.LoraConfig(
        r=facts["rank"],
        lora_dropout=facts["dropout"],
        use_dora=facts["dora"],
        target_modules=facts["targets"],
        task_type="CAUSAL_LM",
    )
    return peft.get_peft_model(model, adapters, autocast_adapter_dtype=facts["adapters"] == "fp32")


def _prepare_for_kbit_training(model):
    """peft.prepare_model_for_kbit_training, which looks for classes of bitsandbytes by the type of each weight."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
        if parameter.dtype in cuda.SHORT:
            parameter.data = parameter.data.float()


def _prepared(model, mesh, facts):
    version = {"fsdp1": 1, "fsdp2": 2}.get(facts["sharding"])
    if version is None:
        return model
    is_mixed = facts["precision"] == "bf16-mixed"
    plugin = FullyShardedDataParallelPlugin(
        fsdp_version=version,
        auto_wrap_policy="transformer_based_wrap",
        reshard_after_forward=facts["reshard"] if version == 2 else None,
        sharding_strategy=None if version == 2 else ("FULL_SHARD" if facts["reshard"] else "SHARD_GRAD_OP"),
        use_orig_params=True if version == 1 else None,
        cpu_ram_efficient_loading=False,
    )
    if is_mixed:
        plugin.set_mixed_precision("bf16")
    plugin.set_auto_wrap_policy(model)
    accelerator = types.SimpleNamespace(
        state=types.SimpleNamespace(fsdp_plugin=plugin),
        mixed_precision="bf16" if is_mixed else "no",
        is_main_process=False,
        torch_device_mesh=mesh,
        parallelism_config=types.SimpleNamespace(fsdp_dim_names=["dp_shard"]),
        device=torch.device("cpu"),
    )
    if version == 2:
        return fsdp2_prepare_model(accelerator, model)
    # As Accelerator.prepare_model wraps it, with PEFT's policy where there are adapters.
    policy = plugin.auto_wrap_policy
    if facts["method"] != "full":
        from peft.utils.other import fsdp_auto_wrap_policy

        policy = fsdp_auto_wrap_policy(model)
    return FullyShardedDataParallel(
        model,
        sharding_strategy=plugin.sharding_strategy,
        auto_wrap_policy=policy,
        mixed_precision=plugin.mixed_precision_policy,
        use_orig_params=True,
        limit_all_gathers=plugin.limit_all_gathers,
        backward_prefetch=plugin.backward_prefetch,
        forward_prefetch=plugin.forward_prefetch,
        device_id=torch.device("cpu"),
    )


def _ddp_buckets(trained, tracker):
    """Beside the gradients, as large as they are (DistributedDataParallel, gradient_as_bucket_view=False)."""
    buckets = [torch.empty(parameter.shape, dtype=parameter.dtype) for parameter in trained]
    tracker.label("sharding", buckets)
    return buckets


def optimizer_of(trained, facts):
    if facts["optimizer"] == "adafactor":
        return transformers.optimization.Adafactor(trained, lr=1e-4, scale_parameter=False, relative_step=False)
    if facts["optimizer"] == "sgd":
        return torch.optim.SGD(trained, lr=1e-3)
    implementation = facts["implementation"]
    return torch.optim.AdamW(trained, lr=1e-4, fused=implementation == "fused", foreach=implementation == "foreach")


def loss_of(model, tokens, facts):
    """The loss alone, so that the output goes before the backward pass (transformers, Trainer.compute_loss)."""
    is_fsdp2 = facts["sharding"] == "fsdp2"
    is_autocast = facts["precision"] in AUTOCAST and not is_fsdp2
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_autocast):
        output = model(input_ids=tokens, labels=tokens, num_items_in_batch=tokens.numel())
    if is_autocast:
        output = {name: _wide(value) for name, value in output.items()}
    return output["loss"]


def _wide(value):
    """accelerate, convert_outputs_to_fp32."""
    return value.float() if isinstance(value, torch.Tensor) and value.is_floating_point() else value


def _train(tracker, model, trained, architecture, facts):
    optimizer = optimizer_of(trained, facts)
    tokens = torch.zeros(facts["batch"], facts["length"], dtype=torch.long)
    of_forward = lambda block: "logits_and_loss" if is_of_logits(block, architecture.vocabulary) else "saved_activations"
    # The first step makes the optimizer's states; nothing changes after the second micro batch of the second one.
    for step, micro_batches in (("first", 1), ("second", min(2, facts["accumulation"]))):
        if step == "second":
            tracker.phases.clear()
            tracker.label("sharding", _gathered(model))
        for micro_batch in range(micro_batches):
            is_last = micro_batch == micro_batches - 1
            _synchronize(model, facts, is_last or facts["synchronizes"])
            tracker.enter("forward")
            loss = loss_of(model, tokens, facts)
            tracker.label_rest(of_forward)
            tracker.enter("backward")
            loss.backward()
            del loss
            tracker.label("gradients", [parameter.grad for parameter in trained if parameter.grad is not None])
            if not is_last:
                tracker.label_rest(lambda block: "gradients")
        tracker.enter("step")
        optimizer.step()
        states = [value for state in optimizer.state.values() for value in state.values()]
        tracker.label("optimizer_states", [value for value in states if isinstance(value, torch.Tensor)])
        optimizer.zero_grad(set_to_none=True)
    for moment in tracker.phases.values():
        for block in moment.blocks:
            if block.kind is None:
                block.kind = "logits_and_loss" if is_of_logits(block, architecture.vocabulary) else "temporaries"


def _synchronize(model, facts, is_on):
    """accelerate's `no_sync` of both versions of FSDP."""
    if facts["sharding"] == "fsdp2":
        model.set_requires_gradient_sync(is_on)
    if facts["sharding"] == "fsdp1":
        for module in FullyShardedDataParallel.fsdp_modules(model):
            module._sync_gradients = is_on


def _gathered(model):
    """What FSDP2 gathers weights into: it stays, with and without its memory."""
    for module in model.modules():
        if isinstance(module, FSDPModule):
            group = module._get_fsdp_state()._fsdp_param_group
            for parameter in group.fsdp_params if group is not None else ():
                yield from parameter.all_gather_outputs


def is_of_logits(block, vocabulary):
    return len(block.shape) > 1 and block.shape[-1] == vocabulary and block.kind is None


def described(moment):
    parts = {}
    for block in moment.blocks:
        parts[block.kind] = parts.get(block.kind, 0) + block.size
    parts["workspaces"] = cuda.WORKSPACES
    return {
        "allocated_gib": in_gib(moment.size + cuda.WORKSPACES),
        "at": moment.maker.removesuffix(".default"),
        "parts_gib": {kind: in_gib(size) for kind, size in sorted(parts.items())},
    }


def in_gib(size):
    return round(size / GIB, 4)
