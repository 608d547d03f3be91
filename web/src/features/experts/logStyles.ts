import { makeStyles, tokens } from '@fluentui/react-components'

/** The looks of the lines and bubbles of a chat. */
export const useLogStyles = makeStyles({
  line: {
    flexShrink: 0,
    padding: '5px 10px',
    borderLeft: `3px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: '0 4px 4px 0',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  good: { borderLeftColor: tokens.colorStatusSuccessBorder2 },
  bad: { borderLeftColor: tokens.colorStatusDangerBorder2 },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  earlier: { border: `1px dashed ${tokens.colorNeutralStrokeAccessible}` },
  words: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  bubble: {
    flexShrink: 0,
    alignSelf: 'flex-start',
    maxWidth: '84%',
    boxSizing: 'border-box',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    // Whatever an expert sends stays inside its bubble.
    contain: 'content',
    unicodeBidi: 'plaintext',
  },
  mine: { alignSelf: 'flex-end', backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke2}` },
  failed: { border: `1px solid ${tokens.colorStatusDangerBorder2}` },
  foot: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalSNudge, alignItems: 'center', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  reason: { color: tokens.colorStatusDangerForeground1 },
})
