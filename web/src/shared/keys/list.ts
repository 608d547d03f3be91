import type { Key } from '../i18n/translate'

/** All keys of the desk, in the order in which they are listed. */
export const allKeys: { keys: string; what: Key }[] = [
  { keys: '/', what: 'keys.find_expert' },
  { keys: 'Enter', what: 'keys.ask' },
  { keys: 'Shift+Enter', what: 'keys.tick' },
  { keys: 'Esc', what: 'keys.back' },
  { keys: 'A', what: 'keys.ask_another' },
  { keys: 'Alt+1…9', what: 'keys.chats' },
  { keys: 'Ctrl+Enter', what: 'keys.answer' },
  { keys: 'Alt+Y', what: 'keys.take_chat' },
  { keys: 'Alt+N', what: 'keys.decline_chat' },
  { keys: 'Alt+F', what: 'keys.favourite' },
  { keys: 'M', what: 'keys.mute' },
  { keys: 'H', what: 'keys.hold' },
  { keys: 'K', what: 'keys.keypad' },
  { keys: 'Ctrl+E', what: 'keys.hang_up' },
  { keys: 'W', what: 'keys.wrap_up' },
  { keys: 'Ctrl+S', what: 'keys.done' },
  { keys: 'F', what: 'keys.full_screen' },
  { keys: '?', what: 'keys.list' },
]
