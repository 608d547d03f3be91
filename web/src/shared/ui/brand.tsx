import { makeStyles, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  brand: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    fontWeight: tokens.fontWeightBold,
    fontSize: tokens.fontSizeBase400,
    color: tokens.colorBrandForeground1,
  },
})

/** The name with its sign. */
export function Brand() {
  const styles = useStyles()
  return (
    <span className={styles.brand}>
      <img src="/favicon.svg" alt="" width={22} height={22} />
      Hookflash
    </span>
  )
}
