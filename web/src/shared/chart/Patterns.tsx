import { tokens } from '@fluentui/react-components'

const PLAIN = tokens.colorBrandBackground
const STRIPE = tokens.colorPaletteRedBackground3
const DOT = tokens.colorNeutralForeground3
const PAPER = tokens.colorNeutralBackground1

/** What bars are filled with: colours that differ in pattern too. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-plain`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill={PLAIN} />
      </pattern>
      <pattern id={`${id}-striped`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill={PAPER} />
        <rect width="5" height="8" fill={STRIPE} />
      </pattern>
      <pattern id={`${id}-dotted`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={PAPER} />
        <circle cx="3" cy="3" r="2" fill={DOT} />
      </pattern>
    </defs>
  )
}
