import { makeStyles, tokens } from '@fluentui/react-components'

/** The height of a row in pixels: one line of text. Rows that are off screen are counted with it. */
export const ROW_PX = 36

/** Rows that a table keeps room for when the window is low, head and row of all among them. */
export const LEAST_ROWS = 5

/** A table that scrolls both ways in its own frame: the heads, the names and the row of all stay in place. */
export const useGridStyles = makeStyles({
  frame: {
    flexShrink: 1,
    overflow: 'auto',
    // The page keeps the place itself (useKeptPlace).
    overflowAnchor: 'none',
    // What stays in place in it stays below menus that open over it.
    isolation: 'isolate',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  // Separate borders: collapsed ones would scroll away from cells that stay in place.
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    height: `${ROW_PX}px`,
    boxSizing: 'border-box',
    padding: '0 10px',
    textAlign: 'left',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  headInner: { display: 'flex', alignItems: 'center', gap: '2px' },
  headNumber: { justifyContent: 'flex-end' },
  headButton: {
    minWidth: 0,
    padding: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  cell: {
    height: `${ROW_PX}px`,
    boxSizing: 'border-box',
    padding: '0 10px',
    maxWidth: '220px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  fixed: { position: 'sticky', left: 0, zIndex: 1, borderRight: `1px solid ${tokens.colorNeutralStroke3}` },
  fixedHead: { left: 0, zIndex: 3, borderRight: `1px solid ${tokens.colorNeutralStroke3}` },
  total: {
    position: 'sticky',
    bottom: 0,
    zIndex: 2,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: 'none',
  },
  fixedTotal: { zIndex: 3 },
  open: { cursor: 'pointer', ':hover > td': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  gap: { padding: 0, border: 'none' },
})
