import { measure, type LoggedStep } from './columns.ts';
import { nothingMeasured, type Measurement } from './measurement.ts';

/**
 * Scalars of a TensorBoard event file. Read by hand: the packages on npm that do are unmaintained, or bring all of
 * TensorFlow, and what is needed are four fields of three messages. Null for bytes that are no such file.
 *
 * Records are framed as TFRecords: eight bytes of length, four of checksum, the data, four of checksum (TensorFlow docs,
 * "TFRecord"). The data is `Event { double wall_time = 1; int64 step = 2; Summary summary = 5 }` of `Value { string tag =
 * 1; float simple_value = 2; TensorProto tensor = 8 }` (tensorflow/core/util/event.proto, framework/summary.proto).
 */
export function readTensorboard(bytes: Uint8Array): Measurement | null {
  const steps: LoggedStep[] = [];
  let [first, last]: [number | null, number | null] = [null, null];
  let records = 0;
  for (const record of recordsOf(bytes)) {
    records += 1;
    const event = eventOf(record);
    if (event === null) continue;
    first ??= event.wallTime;
    last = event.wallTime ?? last;
    if (event.scalars.size > 0) steps.push(new Map([...event.scalars, ['step', event.step]]));
  }
  if (records === 0) return null;
  const measured = steps.length === 0 ? nothingMeasured : measure(steps);
  const elapsed = first === null || last === null || last <= first ? null : last - first;
  return { ...measured, seconds: measured.seconds ?? elapsed };
}

/** The framed records, up to the first that is cut off or impossible: a file is written as the run goes on. */
function* recordsOf(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 16 <= bytes.length) {
    const length = Number(view.getBigUint64(at, true));
    if (length > bytes.length - at - 16) return;
    yield bytes.subarray(at + 12, at + 12 + length);
    at += 16 + length;
  }
}

interface Event {
  readonly wallTime: number | null;
  readonly step: number;
  readonly scalars: ReadonlyMap<string, number>;
}

function eventOf(record: Uint8Array): Event | null {
  const fields = fieldsOf(record);
  if (fields === null) return null;
  const scalars = new Map<string, number>();
  for (const summary of fields.flatMap((field) => (field.number === 5 ? [field.bytes] : []))) {
    for (const value of fieldsOf(summary) ?? []) {
      if (value.number !== 1) continue;
      const scalar = scalarOf(value.bytes);
      if (scalar !== null && scalar.value >= 0) scalars.set(scalar.tag, scalar.value);
    }
  }
  const time = fields.find(({ number }) => number === 1)?.bytes;
  return {
    wallTime: time?.length === 8 ? viewOf(time).getFloat64(0, true) : null,
    step: fields.find(({ number }) => number === 2)?.varint ?? 0,
    scalars,
  };
}

function scalarOf(bytes: Uint8Array): { tag: string; value: number } | null {
  const fields = fieldsOf(bytes);
  const tag = fields?.find(({ number }) => number === 1)?.bytes;
  if (fields === null || tag === undefined) return null;
  const simple = fields.find(({ number }) => number === 2)?.bytes;
  const tensor = fields.find(({ number }) => number === 8)?.bytes;
  const value = simple?.length === 4 ? viewOf(simple).getFloat32(0, true) : tensor && tensorValue(tensor);
  return typeof value === 'number' && Number.isFinite(value) ? { tag: nameOf(tag), value } : null;
}

/** Names that mean something here are ASCII. */
function nameOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 200));
}

/** `TensorProto` of one float: in `tensor_content = 4`, or in `float_val = 5`, packed or not. */
function tensorValue(bytes: Uint8Array): number | null {
  const fields = fieldsOf(bytes) ?? [];
  const content = fields.find(
    ({ number, bytes: value }) => (number === 4 || number === 5) && value.length === 4,
  )?.bytes;
  return content === undefined ? null : viewOf(content).getFloat32(0, true);
}

/** A field of a message: the bytes of a fixed or delimited one, the number of a varint. */
interface Field {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly varint: number;
}

const none = new Uint8Array();

/** The fields of a message (protobuf docs, "Encoding"); null where they do not fill it. */
function fieldsOf(bytes: Uint8Array): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (let count = 0; count < 10 && at < bytes.length; count += 1) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    return NaN;
  };
  while (at < bytes.length) {
    const key = varint();
    const wire = key % 8;
    const number = Math.floor(key / 8);
    if (wire === 0) fields.push({ number, bytes: none, varint: varint() });
    else {
      const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? varint() : NaN;
      if (!(length <= bytes.length - at)) return null;
      fields.push({ number, bytes: bytes.subarray(at, at + length), varint: 0 });
      at += length;
    }
  }
  return fields;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
