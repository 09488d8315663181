"""A step of transformers' Trainer through DeepSpeed's engine: the GPU is a device of Python's, beside the host's `cpu`."""

import contextlib
import gc
import importlib
import logging
import os

# DeepSpeed asks for them, and looks for a GPU of its own, as soon as it is loaded.
os.environ |= {"LOCAL_RANK": "0", "DS_ACCELERATOR": "cpu"}

import torch  # noqa: E402
import torch.utils.backend_registration as backends  # noqa: E402
from torch._subclasses.fake_tensor import FakeTensorMode  # noqa: E402
from torch.testing._internal.distributed.fake_pg import FakeStore  # noqa: E402



class _Module(backends._DummyBackendModule):
    def get_amp_supported_dtype(self):
        return [torch.bfloat16, torch.float16]


backends._setup_privateuseone_for_python_backend("gpu", backend_module=_Module())

from . import cuda  # noqa: E402  (its kernels take the device of what they are given)
from . import transformers_step as one_gpu  # noqa: E402
from .tracker import Tracker  # noqa: E402

import deepspeed  # noqa: E402
from deepspeed.accelerator import real_accelerator  # noqa: E402
from transformers.initialization import no_init_weights  # noqa: E402
from deepspeed.accelerator.cpu_accelerator import CPU_Accelerator  # noqa: E402

logging.disable(logging.WARNING)
VERSIONS = one_gpu.VERSIONS | {"deepspeed": deepspeed.__version__}
GPU = torch.device("gpu", 0)

# Numbers are written on the host and moved: on the device itself there is nothing to write to.
FakeTensorMode.avoid_device_init = True


class Order:
    """A stream, or an event on one: everything has happened as soon as it is asked for."""

    def __init__(self, *_, **options):
        pass

    def __getattr__(self, name):
        return lambda *_: None


class Gpu(CPU_Accelerator):
    """DeepSpeed asks it where to put what."""

    def __init__(self):
        super().__init__()
        self._name = "gpu"
        self._communication_backend_name = "fake"

    def device_name(self, device_index=None):
        return "gpu" if device_index is None else f"gpu:{device_index}"

    def device(self, device_index=None):
        return torch.device("gpu", device_index or 0)

    def current_device(self):
        return 0

    def current_device_name(self):
        return "gpu:0"

    def device_count(self):
        return 1

    def is_synchronized_device(self):
        return False

    Stream = Event = Order

    def stream(self, stream):
        return contextlib.nullcontext()

    def current_stream(self, device_index=None):
        return Order()

    default_stream = current_stream

    def on_accelerator(self, tensor):
        return tensor.device.type == "gpu"

    def available_memory(self, device_index=None):
        return 2**40

    def total_memory(self, device_index=None):
        return 2**40


real_accelerator.set_accelerator(Gpu())
# It compiles a kernel for ranks that share the host's memory.
importlib.import_module("deepspeed.comm.torch").build_shm_op = lambda: None
# There are no other ranks to agree with.
for _name in ("deepspeed.runtime.zero.partitioned_param_coordinator", "deepspeed.runtime.zero.parameter_offload"):
    importlib.import_module(_name).assert_ints_same_as_other_ranks = lambda ints: None


class HostAdam(torch.optim.AdamW):
    """DeepSpeedCPUAdam, whose kernel is compiled where it runs: on the host, which is not counted."""

    def __init__(self, params, **options):
        super().__init__(params, lr=options.get("lr", 1e-4), foreach=False)


deepspeed.ops.adam.DeepSpeedCPUAdam = HostAdam


def measure(architecture, facts):
    """Peak memory of the second optimizer step, by phase and by what lives then."""
    torch.distributed.init_process_group("fake", store=FakeStore(), rank=0, world_size=facts["ranks"])
    deepspeed.init_distributed(dist_backend="fake", auto_mpi_discovery=False, verbose=False)
    alone = torch.autograd.set_multithreading_enabled(False)
    with alone, FakeTensorMode(allow_non_fake_inputs=True), Tracker("gpu") as tracker:
        model = _model(architecture, facts)
        count = lambda parameter: getattr(parameter, "ds_numel", parameter.numel())
        parameters = sum(count(p) for name, p in model.named_parameters() if "lora_" not in name)
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        optimizer = HostAdam(trained) if facts["offload"] != "none" else one_gpu.optimizer_of(trained, facts)
        engine, *_ = deepspeed.initialize(
            model=model, optimizer=optimizer, model_parameters=trained, config=_config(architecture, facts)
        )
        gc.collect()
        _label_states(tracker, engine)
        tracker.label_rest(lambda block: "weights")
        _train(tracker, engine, architecture, facts)
    return {
        "parameters": parameters,
        "phases": {phase: one_gpu.described(tracker.phases[phase]) for phase in ("forward", "backward", "step")},
    }


def _model(architecture, facts):
    """Stage 3 divides a model as it is built (transformers, `from_pretrained` under an HfDeepSpeedConfig)."""
    if facts["stage"] < 3:
        with GPU:
            return one_gpu.adapted(one_gpu.base_model(architecture, facts), facts)
    with no_init_weights(), deepspeed.zero.Init(config_dict_or_path=_config(architecture, facts)):
        model = one_gpu.base_model(architecture, facts)
    # Afterwards, as `from_pretrained` does.
    model.tie_weights()
    return one_gpu.adapted(model, facts)


def _config(architecture, facts):
    """As transformers fills in `auto` (HfTrainerDeepSpeedConfig, `trainer_config_finalize`)."""
    zero = {"stage": facts["stage"], "overlap_comm": facts["overlap"], "contiguous_gradients": True}
    square = architecture.hidden**2
    if facts["bucket"] != "default":
        zero["reduce_bucket_size"] = square if facts["bucket"] == "auto" else facts["bucket"]
    if facts["stage"] == 3:
        zero |= {
            "stage3_prefetch_bucket_size": int(0.9 * square),
            "stage3_param_persistence_threshold": 10 * architecture.hidden,
        }
        if facts["live"] is not None:
            zero |= {"stage3_max_live_parameters": facts["live"], "stage3_max_reuse_distance": facts["live"]}
    if facts["offload"] != "none":
        zero["offload_optimizer"] = {"device": "cpu", "pin_memory": False}
    if facts["offload"] == "parameters":
        zero["offload_param"] = {"device": "cpu", "pin_memory": False}
    config = {
        "train_micro_batch_size_per_gpu": facts["batch"],
        "gradient_accumulation_steps": facts["accumulation"],
        "gradient_clipping": 1.0,
        "zero_allow_untested_optimizer": True,
        "bf16": {"enabled": True},
        "zero_optimization": zero,
        "steps_per_print": 10**9,
    }
    if facts["accumulates_in"] is not None:
        config["data_types"] = {"grad_accum_dtype": facts["accumulates_in"]}
    return config


def _label_states(tracker, engine):
    """The optimizer's moments and its fp32 copy of the weights, and what gradients travel in."""
    zero = engine.optimizer
    copies = getattr(zero, "fp32_partitioned_groups_flat", None) or getattr(zero, "single_partition_of_fp32_groups", [])
    states = [value for state in zero.optimizer.state.values() for value in state.values()]
    tracker.label("optimizer_states", [one for one in [*copies, *states] if isinstance(one, torch.Tensor)])
    buckets = [bucket.buffer for bucket in getattr(zero, "ipg_buckets", {}).values()]
    for bucket in buckets:
        tracker.label("sharding", bucket if isinstance(bucket, list) else [bucket])


def _train(tracker, engine, architecture, facts):
    tokens = torch.zeros(facts["batch"], facts["length"], dtype=torch.long, device=GPU)
    of_logits = lambda block: one_gpu.is_of_logits(block, architecture.vocabulary)
    # Nothing changes after the second micro batch of the second step.
    for step, micro_batches in (("first", 1), ("second", min(2, facts["accumulation"]))):
        if step == "second":
            _label_states(tracker, engine)
            tracker.phases.clear()
        for micro_batch in range(micro_batches):
            is_last = micro_batch == micro_batches - 1
            engine.set_gradient_accumulation_boundary(is_last)
            tracker.enter("forward")
            loss = engine(input_ids=tokens, labels=tokens, num_items_in_batch=tokens.numel())["loss"]
            tracker.label("sharding", (parameter for parameter in engine.module.parameters() if parameter.numel() > 0 and hasattr(parameter, "ds_id")))
            tracker.label_rest(lambda block: "logits_and_loss" if of_logits(block) else "saved_activations")
            tracker.enter("backward")
            engine.backward(loss)
            del loss
            if not is_last:
                tracker.label_rest(lambda block: "gradients")
        tracker.enter("step")
        engine.step()
    for moment in tracker.phases.values():
        for block in moment.blocks:
            if block.kind is None:
                block.kind = "logits_and_loss" if of_logits(block) else "temporaries"
