import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setPreference } from '../store/preferences'
import { listenForKeys, useKey } from './keys'
import { matches, takesText } from './match'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key, code: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more,
})

describe('matches', () => {
  it.each([
    ['m', {}, 'M', true],
    ['M', { shiftKey: true }, 'M', false],
    ['m', { ctrlKey: true }, 'M', false],
    ['m', { metaKey: true }, 'M', false],
    ['/', { shiftKey: true }, '/', true],
    ['?', { shiftKey: true }, '?', true],
    ['Enter', { ctrlKey: true }, 'Ctrl+Enter', true],
    ['Enter', {}, 'Ctrl+Enter', false],
    ['e', { ctrlKey: true }, 'Ctrl+E', true],
    ['¡', { altKey: true, code: 'Digit1' }, 'Alt+1', true],
    ['1', { altKey: true, code: 'Digit2' }, 'Alt+1', false],
  ] as const)('%s %o is %s: %s', (key, more, pattern, expected) => {
    expect(matches(press(key, more), pattern)).toBe(expected)
  })
})

describe('takesText', () => {
  it('knows fields that write or choose by letter', () => {
    const element = (html: string) => {
      document.body.innerHTML = html
      return document.body.firstElementChild
    }
    expect(takesText(element('<textarea></textarea>'))).toBe(true)
    expect(takesText(element('<input type="search">'))).toBe(true)
    expect(takesText(element('<select></select>'))).toBe(true)
    expect(takesText(element('<input type="checkbox">'))).toBe(false)
    expect(takesText(element('<button></button>'))).toBe(false)
    expect(takesText(null)).toBe(false)
  })
})

describe('useKey', () => {
  const mute = vi.fn()
  const answer = vi.fn()
  let stop: () => void

  function Desk({ modal = false }) {
    useKey('M', mute)
    useKey('Ctrl+Enter', answer)
    return (
      <>
        <button>plain</button>
        <textarea aria-label="note" />
        {modal && <div role="dialog" aria-modal="true" />}
      </>
    )
  }

  beforeEach(() => {
    mute.mockClear()
    answer.mockClear()
    setPreference('letter_keys', true)
    stop = listenForKeys()
  })
  afterEach(() => stop())

  it('runs single letters outside text fields only, and others everywhere', () => {
    render(<Desk />)
    fireEvent.keyDown(screen.getByText('plain'), { key: 'm' })
    expect(mute).toHaveBeenCalledTimes(1)
    fireEvent.keyDown(screen.getByLabelText('note'), { key: 'm' })
    expect(mute).toHaveBeenCalledTimes(1)
    fireEvent.keyDown(screen.getByLabelText('note'), { key: 'Enter', ctrlKey: true })
    expect(answer).toHaveBeenCalledTimes(1)
  })

  it('leaves single letters alone when they are switched off', () => {
    setPreference('letter_keys', false)
    render(<Desk />)
    fireEvent.keyDown(screen.getByText('plain'), { key: 'm' })
    expect(mute).not.toHaveBeenCalled()
    fireEvent.keyDown(screen.getByText('plain'), { key: 'Enter', ctrlKey: true })
    expect(answer).toHaveBeenCalledTimes(1)
  })

  it('does nothing during composition, repetition or a modal dialog', () => {
    const { rerender } = render(<Desk />)
    fireEvent.keyDown(screen.getByText('plain'), { key: 'm', isComposing: true })
    fireEvent.keyDown(screen.getByText('plain'), { key: 'm', repeat: true })
    rerender(<Desk modal />)
    fireEvent.keyDown(screen.getByText('plain'), { key: 'm' })
    expect(mute).not.toHaveBeenCalled()
  })
})
