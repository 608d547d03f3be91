import { refusalCode } from '@/shared/socket/refusal'

/** Why there is no audio; each has words in the catalogue under `line.trouble`. */
export type Trouble =
  | 'permission_denied'
  | 'no_device'
  | 'device_busy'
  | 'not_secure'
  | 'no_voice'
  | 'connection_failed'
  | 'playback_blocked'

const BY_NAME: Record<string, Trouble> = {
  NotAllowedError: 'permission_denied',
  SecurityError: 'permission_denied',
  NotFoundError: 'no_device',
  OverconstrainedError: 'no_device',
  NotReadableError: 'device_busy',
  AbortError: 'device_busy',
  SecureContextError: 'not_secure',
}

/** The trouble behind an error of getUserMedia, of the peer connection or of `line.offer`. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DOMException) return BY_NAME[error.name] ?? 'connection_failed'
  return refusalCode(error) === 'no_voice' ? 'no_voice' : 'connection_failed'
}

/** Trouble with the microphone, which trying again by itself does not heal. */
export function needsPerson(trouble: Trouble | null): boolean {
  return trouble !== null && !['connection_failed', 'playback_blocked'].includes(trouble)
}
