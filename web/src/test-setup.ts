import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// Fluent's focus handling (tabster) reads NodeFilter from the global object, which jsdom keeps on window.
Object.assign(globalThis, { NodeFilter: window.NodeFilter })

afterEach(() => {
  cleanup()
  localStorage.clear()
  sessionStorage.clear()
})
