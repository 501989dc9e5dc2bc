import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { eventContracts } from '../generated/contracts.ts';
import type { EventData, EventType } from './event-type.ts';
import { tolerant } from './tolerant.ts';

/** A publisher's data breaks the contract. Names the places, never the values: they may be personal. */
export class ContractViolation extends Error {
  constructor(type: string, errors: readonly ErrorObject[] | null | undefined) {
    const places = (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    super(`${type} breaks its contract: ${places.join('; ')}`);
    this.name = 'ContractViolation';
  }
}

const ajv = new Ajv2020({ allErrors: false, allowUnionTypes: true, logger: false });
addFormats.default(ajv, ['date', 'date-time', 'uuid', 'uri']);
ajv.addVocabulary(['x-personal', 'x-secret']);

type DataGuard<T extends EventType> = ValidateFunction<EventData[T]>;

const published = new Map<EventType, DataGuard<EventType>>();
const consumed = new Map<EventType, DataGuard<EventType>>();

/** Holds data to its contract before it is published: an unknown field is refused. */
export function assertPublishable(type: EventType, data: unknown): void {
  const validate = compiled(published, type, () => eventContracts[type].schema);
  if (!validate(data)) throw new ContractViolation(type, validate.errors);
}

/** Holds consumed data to its contract, tolerating the fields a newer publisher has added. */
export function assertConsumable(type: EventType, data: unknown): void {
  const validate = compiled(consumed, type, () => tolerant(eventContracts[type].schema));
  if (!validate(data)) throw new ContractViolation(type, validate.errors);
}

/** Contracts are compiled on first use: a domain meets few of them and starts faster. */
function compiled(
  known: Map<EventType, DataGuard<EventType>>,
  type: EventType,
  schema: () => Readonly<Record<string, unknown>>,
): DataGuard<EventType> {
  const found = known.get(type);
  if (found) return found;
  // The strict and the tolerant form share one $id, which Ajv would refuse the second time.
  const { $id: _id, ...anonymous } = schema();
  const validate = ajv.compile<EventData[EventType]>(anonymous);
  known.set(type, validate);
  return validate;
}
