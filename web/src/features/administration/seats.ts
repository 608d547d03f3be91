import type { ConfiguredNetwork } from '@/api/contract'
import { t } from '@/shared/i18n/translate'

/** How many of a network's seats are taken and free. */
export function seatWords({ seat_count, seats_taken_count }: ConfiguredNetwork): string {
  if (seat_count === null) return t('admin.seats_taken', { count: seats_taken_count })
  return t('admin.seats_of', { taken: seats_taken_count, count: seat_count, free: seatsFree({ seat_count, seats_taken_count }) })
}

/** How many users more may get a licence. */
export function seatsFree({ seat_count, seats_taken_count }: Pick<ConfiguredNetwork, 'seat_count' | 'seats_taken_count'>): number {
  return seat_count === null ? Infinity : Math.max(seat_count - seats_taken_count, 0)
}
