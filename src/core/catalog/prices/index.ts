import type { PriceList } from '../price-list.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { crusoe } from './crusoe.ts';
import { denvr } from './denvr.ts';
import { excesssupply } from './excesssupply.ts';
import { gcp } from './gcp.ts';
import { gcpTpu } from './gcp-tpu.ts';
import { hyperstack } from './hyperstack.ts';
import { lambda } from './lambda.ts';
import { massedcompute } from './massedcompute.ts';
import { nebius } from './nebius.ts';
import { oci } from './oci.ts';
import { paperspace } from './paperspace.ts';
import { runpod } from './runpod.ts';
import { scaleway } from './scaleway.ts';
import { verda } from './verda.ts';

/** Every price list of the catalog. */
export const priceLists: readonly PriceList[] = [
  aws,
  azure,
  crusoe,
  denvr,
  excesssupply,
  gcp,
  gcpTpu,
  hyperstack,
  lambda,
  massedcompute,
  nebius,
  oci,
  paperspace,
  runpod,
  scaleway,
  verda,
];
