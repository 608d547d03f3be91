import { ExternalStore } from '@/shared/store/external'

/** Whether the list of keys is shown. */
export const keysOpen = new ExternalStore(false)

export function openKeys(): void {
  keysOpen.set(true)
}
