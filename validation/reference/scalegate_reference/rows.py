"""A row: the run in scalegate's own dialect beside what its step took."""


def row(drawn, measured):
    phases = measured["phases"]
    peak = max(phases, key=lambda phase: phases[phase]["allocated_gib"])
    return {
        "id": drawn["id"],
        "heldOut": drawn["heldOut"],
        "config": run_config(drawn["architecture"], drawn["facts"]),
        "parameters": measured["parameters"],
        "allocated_gib": phases[peak]["allocated_gib"],
        "peak_phase": peak,
        "phases": phases,
    }


def run_config(architecture, facts):
    return {
        "scalegate": 1,
        "model": architecture.run_config(),
        "training": _training(facts),
        "parallelism": _parallelism(facts, architecture.hidden),
        "hardware": {"count": facts["ranks"]},
    }


def _training(facts):
    method, precision = facts["method"], facts["precision"]
    is_short = facts["weights"] == "bf16"
    is_fsdp = facts["sharding"] in ("fsdp1", "fsdp2")
    training = {
        "trainer": "huggingface",
        "trainer_version": "5.24.0",
        "method": method,
        "sequence_length": facts["length"],
        "micro_batch_size": facts["batch"],
        "gradient_accumulation_steps": facts["accumulation"],
        "precision": "bf16" if precision == "bf16-autocast" else precision,
        "optimizer": facts["optimizer"],
        "activation_checkpointing": "full" if facts["checkpointing"] else "none",
        "flash_attention": facts["attention"] == "sdpa",
        "fused_loss": False,
        "compile": False,
        "packing": True,
        "dropout": 0,
    }
    if precision in ("bf16", "bf16-autocast") and not is_fsdp and facts["sharding"] != "deepspeed":
        training["autocast"] = precision == "bf16-autocast"
    if facts.get("accumulates_in") is not None:
        training["gradient_precision"] = facts["accumulates_in"]
    if facts["optimizer"] == "adamw":
        training["optimizer_implementation"] = facts["implementation"]
    if method == "full":
        return training
    training["lora"] = {
        "rank": facts["rank"],
        "target_modules": facts["targets"],
        "dropout": facts["dropout"],
        "dora": facts["dora"],
        "dtype": facts["adapters"],
    }
    if method == "lora":
        training["frozen_precision"] = "bf16" if is_short else "fp32"
    if method == "qlora":
        training["quantization"] = {
            "bits": 4,
            "double": facts["double_quantization"],
            "prepared": facts["prepared"],
        }
    return training


def _zero(facts, hidden):
    zero = {
        "sharding": f"zero{facts['stage']}",
        "sharding_engine": "deepspeed",
        "cpu_offload": facts["offload"],
        "overlap_comm": facts["overlap"],
        "reduce_bucket_size": {"auto": hidden**2, "default": 500_000_000}.get(facts["bucket"], facts["bucket"]),
    }
    if facts["live"] is not None:
        zero |= {"max_live_parameters": facts["live"], "max_reuse_distance": facts["live"]}
    return zero


def _parallelism(facts, hidden):
    sharding = facts["sharding"]
    if sharding == "deepspeed":
        return _zero(facts, hidden)
    if sharding in ("none", "ddp"):
        return {"sharding": sharding}
    version = 2 if sharding == "fsdp2" else 1
    return {
        "sharding": "zero3" if facts["reshard"] or version == 2 else "zero2",
        "sharding_engine": "fsdp",
        "fsdp_version": version,
        "reshard_after_forward": facts["reshard"],
        "sync_each_batch": facts["synchronizes"],
    }
