import { Link } from '@fluentui/react-components'
import { createElement, Fragment, memo, type ReactNode } from 'react'
import { Linked } from './links'

/** What somebody wrote: as the safe HTML that the server made of it, or as text with its links. */
export const Said = memo(function Said({ text, html }: { text: string; html: string | null }): ReactNode {
  return <span dir="auto">{html === null ? <Linked text={text} /> : <SafeHtml html={html} />}</span>
})

/** Elements that carry meaning in a chat. Of anything else only what is written in it is shown. */
const SHOWN = new Set(['b', 'blockquote', 'br', 'code', 'div', 'em', 'i', 'li', 'ol', 'p', 'pre', 's', 'span', 'strong', 'u', 'ul'])
const SILENT = new Set(['script', 'style', 'template', 'title', 'noscript', 'iframe', 'object', 'svg', 'math', 'textarea', 'select'])
const DEEPEST = 20

/**
 * HTML as elements of ours, without any attribute but the address of a link: the server has cleaned it
 * already, and nothing here trusts that. A parsed document loads and runs nothing.
 */
function SafeHtml({ html }: { html: string }): ReactNode {
  return childrenOf(new DOMParser().parseFromString(html, 'text/html').body, 0)
}

function childrenOf(node: Node, depth: number): ReactNode[] {
  return [...node.childNodes].map((child, index) => <Fragment key={index}>{shown(child, depth + 1)}</Fragment>)
}

function shown(node: Node, depth: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return <Linked text={node.textContent ?? ''} />
  if (!(node instanceof Element) || depth > DEEPEST) return null
  const name = node.localName
  if (SILENT.has(name)) return null
  if (name === 'br') return <br />
  if (name === 'a') return anchor(node, depth)
  return SHOWN.has(name) ? createElement(name, { dir: name === 'div' || name === 'p' ? 'auto' : undefined }, ...childrenOf(node, depth)) : childrenOf(node, depth)
}

function anchor(node: Element, depth: number): ReactNode {
  const href = safeAddress(node.getAttribute('href') ?? '')
  if (href === null) return childrenOf(node, depth)
  return (
    <Link inline href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {node.textContent}
    </Link>
  )
}

function safeAddress(address: string): string | null {
  try {
    const url = new URL(address)
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
