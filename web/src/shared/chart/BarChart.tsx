import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, useId, useState } from 'react'
import { formatCount } from '../i18n/translate'
import { bandOf, type Box, labelledOf, ticksOf } from './scale'
import { Patterns } from './Patterns'

const [WIDTH, HEIGHT] = [1000, 190]
const BOX: Box = { left: 48, top: 8, width: WIDTH - 56, height: HEIGHT - 40 }
/** What a name on the axis of time needs. */
const LABEL_WIDTH = 64

/** A part of every bar, from below. Each look differs from the others without its colour. */
export type Part = { key: string; name: string; look: 'plain' | 'striped' | 'dotted' }
/** A bar: what it is about, its parts by key (null where there is nothing to show), and what is said of it. */
export type Bar = { key: string; label: string; values: Record<string, number | null>; words: string }

const useStyles = makeStyles({
  chart: { display: 'block', width: '100%', height: 'auto', outlineOffset: '2px', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  text: { fill: tokens.colorNeutralForeground2, fontSize: '13px', fontFamily: tokens.fontFamilyBase },
  line: { stroke: tokens.colorNeutralStroke2 },
  chosen: { fill: tokens.colorNeutralBackground1Selected },
  legend: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, listStyleType: 'none', margin: 0, padding: 0 },
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  swatch: { width: '16px', height: '16px', border: `1px solid ${tokens.colorNeutralStroke1}` },
  words: { margin: 0, minHeight: tokens.lineHeightBase300, fontVariantNumeric: 'tabular-nums' },
})

type Props = { label: string; hint: string; parts: Part[]; bars: Bar[]; most?: number; unit?: string; testId: string }

/** Bars over time, their parts upon each other. With the arrow keys or the mouse each is read out. */
export function BarChart({ label, hint, parts, bars, most, unit = '', testId }: Props) {
  const styles = useStyles()
  const id = useId()
  const [chosen, setChosen] = useState<number | null>(null)
  const ticks = most === undefined ? ticksOf(Math.max(0, ...bars.map(sumOf))) : ticksOf(most)
  const top = ticks.at(-1) ?? 1
  const y = (value: number) => BOX.top + BOX.height * (1 - value / top)
  const isLabelled = labelledOf(bars.length, BOX.width, LABEL_WIDTH)
  const onKey = (event: KeyboardEvent) => {
    const next = stepped(event.key, chosen, bars.length)
    if (next === undefined) return
    event.preventDefault()
    setChosen(next)
  }
  return (
    <>
      {parts.length > 1 && <Legend id={id} parts={parts} />}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.chart} role="img" aria-label={label} aria-describedby={`${id}-words`} tabIndex={0} onKeyDown={onKey} onMouseLeave={() => setChosen(null)} data-testid={testId}>
        <Patterns id={id} />
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.line} x1={BOX.left} x2={BOX.left + BOX.width} y1={y(tick)} y2={y(tick)} />
            <text className={styles.text} x={BOX.left - 6} y={y(tick) + 4} textAnchor="end">
              {formatCount(tick)}
              {unit}
            </text>
          </g>
        ))}
        {bars.map((bar, index) => {
          const { x, width } = bandOf(index, bars.length, BOX)
          return (
            <g key={bar.key} onMouseEnter={() => setChosen(index)}>
              <rect className={mergeClasses(index === chosen && styles.chosen)} fill="transparent" x={x} width={width} y={BOX.top} height={BOX.height} />
              {stacked(bar, parts).map(({ part, from, to }) => (
                <rect key={part.key} x={x} width={width} y={y(to)} height={y(from) - y(to)} fill={`url(#${id}-${part.look})`} />
              ))}
              {isLabelled(index) && (
                <text className={styles.text} x={x + width / 2} y={HEIGHT - 8} textAnchor="middle">
                  {bar.label}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <p id={`${id}-words`} className={styles.words} aria-live="polite" data-testid={`${testId}-words`}>
        {chosen === null ? hint : bars[chosen]?.words}
      </p>
    </>
  )
}

function Legend({ id, parts }: { id: string; parts: Part[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.legend}>
      {parts.map(({ key, name, look }) => (
        <li key={key} className={styles.entry}>
          <svg className={styles.swatch} viewBox="0 0 16 16" aria-hidden>
            <rect width="16" height="16" fill={`url(#${id}-${look})`} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}

function sumOf({ values }: Bar): number {
  return Object.values(values).reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

/** From where to where each part reaches. */
function stacked(bar: Bar, parts: Part[]): { part: Part; from: number; to: number }[] {
  let from = 0
  return parts.map((part) => {
    const to = from + (bar.values[part.key] ?? 0)
    const one = { part, from, to }
    from = to
    return one
  })
}

/** Which bar a key leads to; undefined where it leads nowhere. */
function stepped(key: string, chosen: number | null, count: number): number | null | undefined {
  if (count === 0) return undefined
  if (key === 'Escape') return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'ArrowRight') return chosen === null ? 0 : Math.min(chosen + 1, count - 1)
  if (key === 'ArrowLeft') return chosen === null ? count - 1 : Math.max(chosen - 1, 0)
  return undefined
}
