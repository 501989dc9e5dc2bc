import 'reflect-metadata';

export { DateTime } from './date-time.ts';
export { email, id, line, paragraph } from './input-text.ts';
export { Money } from './money.type.ts';
export { PageInfo } from './page-info.type.ts';
export { SafeInt } from './safe-int.ts';
export { Currency, isTimeZone, Locale, TimeZone } from './text-scalars.ts';
