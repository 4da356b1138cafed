"""Writes a tiny decoder of each family as NAME.gguf, and decoders.json: what transformers computes from the same
weights (DecoderOracleTest).

Run with torch, transformers and gguf from PyPI: python decoders.py FOLDER. The weights are seeded and large enough
that every part of a layer shows in the logits; they are stored as Q8_0, and the model computes in double precision
from what that holds. Rows of llama's and granite's queries and keys are permuted as llama.cpp's converter does.
"logits" are those behind each token, "attention" what each head of each layer gave to each token at the last one.
"""
import importlib.metadata
import json
import pathlib
import sys

import gguf
import numpy as np
import torch
import transformers
from gguf import GGMLQuantizationType, GGUFWriter

FOLDER = pathlib.Path(sys.argv[1])
VOCABULARY, LENGTH, HEADS, KV_HEADS = 64, 24, 4, 2
SIZES = dict(
    vocab_size=VOCABULARY, hidden_size=64, intermediate_size=64, num_hidden_layers=2, num_attention_heads=HEADS,
    num_key_value_heads=KV_HEADS, max_position_embeddings=256, rms_norm_eps=1e-5, attn_implementation="eager",
)
GRANITE = dict(embedding_multiplier=12.0, residual_multiplier=0.263, attention_multiplier=0.0625, logits_scaling=4.0)
MODELS = {
    "llama": transformers.LlamaConfig(**SIZES, tie_word_embeddings=True),
    "qwen2": transformers.Qwen2Config(**SIZES, tie_word_embeddings=False),
    "qwen3": transformers.Qwen3Config(**SIZES, tie_word_embeddings=True, head_dim=32),
    "granite": transformers.GraniteConfig(**SIZES, **GRANITE, tie_word_embeddings=True),
    "granite-own-head": transformers.GraniteConfig(**SIZES, **GRANITE, tie_word_embeddings=False),
}
THETAS = {"llama": 1e5, "qwen2": 1e6, "qwen3": 1e6, "granite": 1e7}
NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}


def tensor_name(name):
    whole = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
             "lm_head.weight": "output.weight"}
    if name in whole:
        return whole[name]
    _, _, layer, part = name.split(".", 3)
    part, kind = part.rsplit(".", 1)
    return f"blk.{layer}.{NAMES[part]}.{kind}"


def permuted(values, heads):
    rows = values.shape[0]
    return values.reshape(heads, 2, rows // heads // 2, -1).swapaxes(1, 2).reshape(values.shape)


def write(name, family, config, weights):
    writer = GGUFWriter(FOLDER / f"{name}.gguf", family)
    writer.add_license("0BSD")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(HEADS)
    # Granite 4's converter writes it once for each layer, and that positions are rotated.
    writer.add_head_count_kv([KV_HEADS] * config.num_hidden_layers if family == "granite" else KV_HEADS)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(THETAS[family])
    if family == "qwen3":
        writer.add_key_length(config.head_dim)
        writer.add_value_length(config.head_dim)
    if family == "granite":
        writer.add_embedding_scale(config.embedding_multiplier)
        writer.add_residual_scale(config.residual_multiplier)
        writer.add_attention_scale(config.attention_multiplier)
        writer.add_logit_scale(config.logits_scaling)
        writer.add_rope_scaling_finetuned(True)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre({"llama": "smollm", "granite": "dbrx"}.get(family, "qwen2"))
    writer.add_token_list(["<|im_start|>", "<|im_end|>", "AB"] + [chr(ord("!") + n) for n in range(VOCABULARY - 3)])
    writer.add_token_types([3, 3] + [1] * (VOCABULARY - 2))
    writer.add_token_merges(["A B"])
    writer.add_eos_token_id(1)
    for tensor, stored in weights.items():
        if stored.dtype == np.uint8:
            writer.add_tensor(tensor, stored, raw_dtype=GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(tensor, stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def oracle(name, config):
    family = name.split("-")[0]
    config.rope_parameters = {"rope_type": "default", "rope_theta": THETAS[family]}
    model = transformers.AutoModelForCausalLM.from_config(config).double().eval()
    random = np.random.default_rng(20)
    weights = {}
    for parameter, tensor in model.named_parameters():
        values = random.normal(0, 0.25, tuple(tensor.shape)).astype(np.float32)
        if values.ndim == 1:
            stored = values if parameter.endswith("bias") else 1 + values
            used = stored
        else:
            quantised = gguf.quants.quantize(values, GGMLQuantizationType.Q8_0)
            used = gguf.quants.dequantize(quantised, GGMLQuantizationType.Q8_0)
            stored = quantised
        if family in ("llama", "granite") and ("q_proj" in parameter or "k_proj" in parameter):
            stored = permuted(stored, HEADS if "q_proj" in parameter else KV_HEADS)
        weights[tensor_name(parameter)] = np.ascontiguousarray(stored)
        with torch.no_grad():
            tensor.copy_(torch.from_numpy(used.astype(np.float64)))
    write(name, family, config, weights)
    tokens = random.integers(2, VOCABULARY, LENGTH).tolist()
    with torch.no_grad():
        out = model(torch.tensor([tokens]), output_attentions=True)
    return {
        "tokens": tokens,
        "logits": [[float(f"{x:.7g}") for x in row] for row in out.logits[0].tolist()],
        "attention": [[[float(f"{x:.7g}") for x in head[-1]] for head in layer[0].tolist()] for layer in out.attentions],
    }


rows = {name: oracle(name, config) for name, config in MODELS.items()}
versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in ("transformers", "torch", "gguf"))
made = f"by decoders.py with {versions}"
with open(FOLDER / "decoders.json", "w") as out:
    json.dump({"made": made, "rows": rows}, out, separators=(",", ":"))
    out.write("\n")
