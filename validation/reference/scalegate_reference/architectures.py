"""Published architectures, in the words of transformers' configs and in those of a scalegate run config."""

from dataclasses import dataclass, field

import transformers

ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
GATED = ["gate_proj", "up_proj", "down_proj"]


@dataclass(frozen=True)
class Architecture:
    name: str
    model_type: str
    hidden: int
    layers: int
    heads: int
    key_value_heads: int
    intermediate: int
    vocabulary: int
    tied: bool = False
    # Of transformers' config, and of scalegate's `model`, what the dimensions above do not say.
    extra: dict = field(default_factory=dict)
    native: dict = field(default_factory=dict)
    # Attention that transformers has for it beside the eager one.
    attentions: tuple = ("sdpa",) * 9 + ("eager",)
    attention_targets: tuple = tuple(ATTENTION)
    mlp_targets: tuple = tuple(GATED)

    def config(self):
        return transformers.AutoConfig.for_model(self.model_type, **(self._dimensions() | self.extra))

    def _dimensions(self):
        return {
            "hidden_size": self.hidden,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.key_value_heads,
            "intermediate_size": self.intermediate,
            "vocab_size": self.vocabulary,
            "tie_word_embeddings": self.tied,
        }

    def run_config(self):
        """The `model` of a run config."""
        return {
            "hidden_size": self.hidden,
            "num_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.key_value_heads,
            "intermediate_size": self.intermediate,
            "gated_mlp": True,
            "vocab_size": self.vocabulary,
            "tie_word_embeddings": self.tied,
        } | self.native


class _Gpt2(Architecture):
    def _dimensions(self):
        return {
            "n_embd": self.hidden,
            "n_layer": self.layers,
            "n_head": self.heads,
            "vocab_size": self.vocabulary,
            "n_positions": 1024,
        }


class _Opt(Architecture):
    def _dimensions(self):
        dimensions = super()._dimensions()
        return {key: dimensions[key] for key in dimensions if key not in ("intermediate_size", "num_key_value_heads")} | {
            "ffn_dim": self.intermediate,
            "word_embed_proj_dim": self.hidden,
            "layerdrop": 0.0,
        }


_plain = {"gated_mlp": False, "norm": "layernorm"}
_biased = {"attention_bias": True, "mlp_bias": True}
_wide_heads = lambda width: {"extra": {"head_dim": width}, "native": {"head_dim": width}}


def _with_experts(count, visited, intermediate, **more):
    return {"moe": {"num_experts": count, "experts_per_token": visited, "intermediate_size": intermediate} | more}


ALL = [
    Architecture("llama-3.2-1b", "llama", 2048, 16, 32, 8, 8192, 128256, True, **_wide_heads(64)),
    Architecture("llama-3.1-8b", "llama", 4096, 32, 32, 8, 14336, 128256),
    Architecture("llama-2-7b", "llama", 4096, 32, 32, 32, 11008, 32000),
    Architecture("tinyllama-1.1b", "llama", 2048, 22, 32, 4, 5632, 32000),
    Architecture("smollm2-360m", "llama", 960, 32, 15, 5, 2560, 49152, True),
    Architecture("smollm2-1.7b", "llama", 2048, 24, 32, 32, 8192, 49152, True),
    Architecture("smollm3-3b", "smollm3", 2048, 36, 16, 4, 11008, 128256, True),
    Architecture("mistral-7b", "mistral", 4096, 32, 32, 8, 14336, 32000, extra={"sliding_window": None}),
    Architecture("qwen2.5-0.5b", "qwen2", 896, 24, 14, 2, 4864, 151936, True, native={"qkv_bias": True}),
    Architecture("qwen2.5-7b", "qwen2", 3584, 28, 28, 4, 18944, 152064, native={"qkv_bias": True}),
    Architecture(
        "qwen3-0.6b", "qwen3", 1024, 28, 16, 8, 3072, 151936, True,
        extra={"head_dim": 128}, native={"head_dim": 128, "qk_norm": True},
    ),
    Architecture(
        "qwen3-4b", "qwen3", 2560, 36, 32, 8, 9728, 151936, True,
        extra={"head_dim": 128}, native={"head_dim": 128, "qk_norm": True},
    ),
    Architecture("gemma-2b", "gemma", 2048, 18, 8, 1, 16384, 256000, True, **_wide_heads(256)),
    Architecture(
        "gemma2-2b", "gemma2", 2304, 26, 8, 4, 9216, 256000, True,
        extra={"head_dim": 256}, native={"head_dim": 256, "norms_per_layer": 4, "logit_softcapping": True, "attention_softcapping": True},
        attentions=("eager",),
    ),
    Architecture(
        "gemma3-1b", "gemma3_text", 1152, 26, 4, 1, 6912, 262144, True,
        extra={"head_dim": 256}, native={"head_dim": 256, "norms_per_layer": 4, "qk_norm": True},
    ),
    Architecture("granite-3-2b", "granite", 2048, 40, 32, 8, 8192, 49155, True),
    Architecture(
        "phi3-mini", "phi3", 3072, 32, 32, 32, 8192, 32064, extra={"sliding_window": None, "pad_token_id": 0},
        native={"fused_projections": True},
        attention_targets=("qkv_proj", "o_proj"), mlp_targets=("gate_up_proj", "down_proj"),
    ),
    Architecture(
        "phi-2", "phi", 2560, 32, 32, 32, 10240, 51200,
        native=_plain | _biased | {"norms_per_layer": 1, "head_bias": True, "composite_gelu": True},
        attention_targets=("q_proj", "k_proj", "v_proj", "dense"), mlp_targets=("fc1", "fc2"),
    ),
    Architecture(
        "olmo2-1b", "olmo2", 2048, 16, 16, 16, 8192, 100352,
        native={"qk_norm": True, "qk_norm_all_heads": True},
    ),
    Architecture(
        "stablelm-2-1.6b", "stablelm", 2048, 24, 32, 32, 5632, 100352,
        extra={"use_qkv_bias": True}, native={"norm": "layernorm", "qkv_bias": True},
    ),
    Architecture(
        "starcoder2-3b", "starcoder2", 3072, 30, 24, 2, 12288, 49152, True,
        extra={"sliding_window": None}, native=_plain | _biased, mlp_targets=("c_fc", "c_proj"),
    ),
    Architecture(
        "pythia-410m", "gpt_neox", 1024, 24, 16, 16, 4096, 50304, native=_plain | _biased | {"fused_projections": True},
        attention_targets=("query_key_value", "dense"), mlp_targets=("dense_h_to_4h", "dense_4h_to_h"),
    ),
    Architecture(
        "pythia-1.4b", "gpt_neox", 2048, 24, 16, 16, 8192, 50304, native=_plain | _biased | {"fused_projections": True},
        attention_targets=("query_key_value", "dense"), mlp_targets=("dense_h_to_4h", "dense_4h_to_h"),
    ),
    _Gpt2(
        "gpt2-medium", "gpt2", 1024, 24, 16, 16, 4096, 50257, True,
        extra={"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0},
        native=_plain | _biased | {"position_embedding": "learned", "max_position_embeddings": 1024, "composite_gelu": True},
        attention_targets=("c_attn",), mlp_targets=("c_fc",),
    ),
    _Opt(
        "opt-1.3b", "opt", 2048, 24, 32, 32, 8192, 50272, True,
        extra={"dropout": 0.0, "max_position_embeddings": 2048},
        native=_plain | _biased | {"position_embedding": "learned", "max_position_embeddings": 2050},
        attention_targets=("q_proj", "k_proj", "v_proj", "out_proj"), mlp_targets=("fc1", "fc2"),
    ),
    Architecture(
        "granite-moe-1b", "granitemoe", 1024, 24, 16, 8, 512, 49155, True,
        extra={"num_local_experts": 32, "num_experts_per_tok": 8}, native=_with_experts(32, 8, 512), mlp_targets=(),
    ),
    Architecture(
        "olmoe-1b-7b", "olmoe", 2048, 16, 16, 16, 1024, 50304,
        extra={"num_experts": 64, "num_experts_per_tok": 8},
        native=_with_experts(64, 8, 1024) | {"qk_norm": True, "qk_norm_all_heads": True}, mlp_targets=(),
    ),
    Architecture(
        "qwen3-30b-a3b", "qwen3_moe", 2048, 48, 32, 4, 6144, 151936,
        extra={"head_dim": 128, "num_experts": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768},
        native=_with_experts(128, 8, 768) | {"head_dim": 128, "qk_norm": True}, mlp_targets=(),
    ),
    Architecture(
        "mixtral-8x7b", "mixtral", 4096, 32, 32, 8, 14336, 32000,
        extra={"num_local_experts": 8, "num_experts_per_tok": 2}, native=_with_experts(8, 2, 14336), mlp_targets=(),
    ),
    Architecture(
        "deepseek-v2-lite", "deepseek_v2", 2048, 27, 16, 16, 10944, 102400,
        extra={
            "kv_lora_rank": 512, "q_lora_rank": None, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
            "v_head_dim": 128, "n_routed_experts": 64, "num_experts_per_tok": 6, "n_shared_experts": 2,
            "moe_intermediate_size": 1408, "first_k_dense_replace": 1, "n_group": 1, "topk_group": 1,
        },
        native=_with_experts(64, 6, 1408, shared_experts=2, first_dense_layers=1) | {
            "mla": {
                "kv_lora_rank": 512, "q_lora_rank": 0, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
                "v_head_dim": 128,
            },
        },
        attention_targets=("q_proj", "kv_a_proj_with_mqa", "kv_b_proj", "o_proj"), mlp_targets=(),
    ),
]
