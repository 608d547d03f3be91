type Props<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], 'style' | 'children'>> & { testid?: string }

/** An element with properties and children. Text is always text: nothing here is read as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props<K> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const { testid, ...rest } = props
  const element = Object.assign(document.createElement(tag), rest)
  if (testid !== undefined) element.dataset.testid = testid
  element.append(...children)
  return element
}

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** A text in which addresses of the web can be opened. */
export function withLinks(text: string): (Node | string)[] {
  const parts: (Node | string)[] = []
  let from = 0
  for (const { 0: address, index } of text.matchAll(LINK)) {
    parts.push(text.slice(from, index), el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, address))
    from = index + address.length
  }
  parts.push(text.slice(from))
  return parts
}
