import { makeStyles, tokens } from '@fluentui/react-components'

// A hundredth of the width of 16 : 9 that fits the window: the picture is the same on every screen.
const U = 'min(1vw, 1.7778vh)'
/** So many of it. */
export const u = (count: number) => `calc(${count} * ${U})`

/** The wallboard, to be read from five metres. */
export const useWallStyles = makeStyles({
  wall: {
    position: 'relative',
    height: '100dvh',
    boxSizing: 'border-box',
    padding: `${u(1)} ${u(1.5)}`,
    display: 'grid',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    gap: u(0.6),
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
  unattended: { cursor: 'none' },
  head: { display: 'flex', alignItems: 'baseline', gap: u(2), fontSize: u(2.2), lineHeight: 1.2, whiteSpace: 'nowrap' },
  title: { margin: 0, marginRight: 'auto', fontSize: u(2.2), fontWeight: tokens.fontWeightSemibold },
  clock: { fontSize: u(3), fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'separate', borderSpacing: `0 ${u(0.5)}` },
  column: { height: u(4), padding: `0 ${u(0.4)}`, textAlign: 'right', verticalAlign: 'bottom', fontSize: u(1.6), lineHeight: 1.15, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  name: { width: '18%', textAlign: 'left' },
  wait: { width: '16%' },
  percent: { width: '13%' },
  row: { backgroundColor: tokens.colorNeutralBackground1 },
  queue: {
    padding: `0 ${u(1)}`,
    textAlign: 'left',
    fontSize: u(2.6),
    lineHeight: 1.15,
    fontWeight: tokens.fontWeightSemibold,
  },
  // Longer names end after two lines: all lines of queues are of one height, and six of them fit.
  twoLines: { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden', overflowWrap: 'anywhere' },
  cell: { padding: `0 ${u(0.6)}`, textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  value: { display: 'block', fontSize: u(4), lineHeight: 1.1, fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  // Its line is there without a level too, so that nothing jumps.
  level: { display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: u(0.3), height: u(1.7), fontSize: u(1.4), lineHeight: 1, fontWeight: tokens.fontWeightSemibold },
  // The same on both themes: these two must be told apart across a room.
  warning: { backgroundColor: '#ffc83d', color: '#1b1a19' },
  critical: { backgroundColor: '#b10e1c', color: '#ffffff' },
  stale: { filter: 'grayscale(1)', opacity: 0.45 },
  lost: {
    display: 'flex',
    alignItems: 'center',
    gap: u(1),
    padding: `${u(0.8)} ${u(1.5)}`,
    fontSize: u(2.6),
    lineHeight: 1.2,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: '#b10e1c',
    color: '#ffffff',
  },
  bars: { display: 'grid', gap: u(0.6) },
  controls: {
    position: 'absolute',
    right: u(1.5),
    bottom: u(1.5),
    zIndex: 1,
    display: 'flex',
    alignItems: 'end',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow16,
  },
  hidden: { opacity: 0, ':focus-within': { opacity: 1 } },
})
