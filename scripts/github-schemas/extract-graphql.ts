import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  type UnionTypeDefinitionNode,
  visit,
} from 'graphql';

/**
 * The given fields of each object and interface type, with the given arguments and the enums, inputs and scalars that
 * these need. Types and nullability stay GitHub's; a listed type implements only interfaces that are listed too.
 *
 * @throws when a listed type or field does not exist, or a listed field answers with a type that is not listed.
 */
export function extractGraphql(
  sdl: string,
  fields: Readonly<Record<string, readonly string[]>>,
  argumentNames: readonly string[],
): string {
  const definitions = new Map<string, DefinitionNode>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (isTypeDefinitionNode(definition)) definitions.set(definition.name.value, definition);
  }
  const kept = new Map<string, DefinitionNode>();
  for (const [type, names] of Object.entries(fields)) {
    const definition = definitions.get(type);
    if (definition === undefined || !hasFields(definition)) throw new Error(`GitHub's schema has no type ${type}`);
    kept.set(type, withFields(definition, names, fields, argumentNames));
  }
  for (const definition of [...kept.values()]) keepWhatItNames(definition, definitions, kept);
  const inOrder = [...kept.keys()].sort().map((name) => kept.get(name));
  return inOrder.map((definition) => (definition === undefined ? '' : print(withoutProse(definition)))).join('\n\n');
}

function withFields(
  definition: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  names: readonly string[],
  listed: Readonly<Record<string, unknown>>,
  argumentNames: readonly string[],
): DefinitionNode {
  const fields = names.map((name): FieldDefinitionNode => {
    const field = definition.fields?.find((candidate) => candidate.name.value === name);
    if (field === undefined) throw new Error(`GitHub's ${definition.name.value} has no field ${name}`);
    return { ...field, arguments: (field.arguments ?? []).filter(({ name }) => argumentNames.includes(name.value)) };
  });
  const interfaces = (definition.interfaces ?? []).filter(({ name }) => name.value in listed);
  return { ...definition, fields, interfaces };
}

function keepWhatItNames(
  definition: DefinitionNode,
  definitions: ReadonlyMap<string, DefinitionNode>,
  kept: Map<string, DefinitionNode>,
): void {
  for (const name of namedTypes(definition)) {
    if (kept.has(name) || builtInScalars.has(name)) continue;
    const named = definitions.get(name);
    if (named === undefined || hasFields(named)) throw new Error(`A listed field answers with ${name}: list it too`);
    const known = named.kind === Kind.UNION_TYPE_DEFINITION ? withListedMembers(named, kept) : named;
    kept.set(name, known);
    keepWhatItNames(known, definitions, kept);
  }
}

function withListedMembers(union: UnionTypeDefinitionNode, listed: ReadonlyMap<string, unknown>): DefinitionNode {
  return { ...union, types: (union.types ?? []).filter(({ name }) => listed.has(name.value)) };
}

const builtInScalars = new Set(['Boolean', 'Float', 'ID', 'Int', 'String']);

function namedTypes(definition: DefinitionNode): string[] {
  if (!('fields' in definition)) return [];
  return (definition.fields ?? []).flatMap((field: FieldDefinitionNode | InputValueDefinitionNode) => {
    const inputs = 'arguments' in field ? (field.arguments ?? []) : [];
    return [nameOf(field.type), ...inputs.map(({ type }) => nameOf(type))];
  });
}

function nameOf(type: TypeNode): string {
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  const named: NamedTypeNode = inner;
  return named.name.value;
}

function hasFields(definition: DefinitionNode): definition is ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function withoutProse(definition: DefinitionNode): DefinitionNode {
  return visit(definition, {
    Directive: () => null,
    StringValue: (_node, key) => (key === 'description' ? null : undefined),
  });
}
