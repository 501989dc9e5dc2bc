import type { BaseContext } from '@eventxperts/subgraph';
import type { BookingLoader } from './booking/booking.loader.ts';
import type { BookingService } from './booking/booking.service.ts';

/** What a resolver of this domain has at hand: services of the process, loaders of the request. */
export interface BookingsContext extends BaseContext {
  readonly bookingService: BookingService;
  readonly bookings: BookingLoader;
}
