import type { LatentAttention } from '../run/mixer-shapes.ts';
import type { Ledger } from './ledger.ts';

/** The head sizes of DeepSeek-V2 and V3 where a config states the ranks alone (arXiv 2405.04434 §3.1.2). */
export function latentAttentionOf(ledger: Ledger): LatentAttention | null {
  const keyValueRank = ledger.stated('model.mla.kv_lora_rank');
  if (keyValueRank === null) return null;
  const reason = 'not stated; as in DeepSeek-V2 and V3';
  return {
    keyValueRank,
    queryRank: ledger.valueOr('model.mla.q_lora_rank', 0),
    plainHeadDim: ledger.value('model.mla.qk_nope_head_dim', 128, reason),
    ropeHeadDim: ledger.value('model.mla.qk_rope_head_dim', 64, reason),
    valueHeadDim: ledger.value('model.mla.v_head_dim', 128, reason),
    ...indexerOf(ledger),
  };
}

function indexerOf(ledger: Ledger): Pick<LatentAttention, 'indexer'> {
  const heads = ledger.stated('model.mla.index_n_heads');
  if (heads === null) return {};
  const reason = 'not stated; as in DeepSeek-V3.2';
  const headDim = ledger.value('model.mla.index_head_dim', 128, reason);
  return { indexer: { heads, headDim, topTokens: ledger.value('model.mla.index_topk', 2048, reason) } };
}
