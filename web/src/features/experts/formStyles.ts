import { makeStyles, tokens } from '@fluentui/react-components'

/** The forms that ask experts. */
export const useFormStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `${tokens.spacingHorizontalL} ${tokens.spacingHorizontalL} 0`, overflowY: 'auto' },
  title: { margin: 0 },
  // Stays in sight when much attached data makes the form scroll.
  row: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  space: { flex: 1 },
  muted: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})
