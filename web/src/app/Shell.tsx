import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Outlet } from '@tanstack/react-router'
import { LineTrouble } from '@/features/softphone/LineTrouble'
import { useSoftphone } from '@/features/softphone/useSoftphone'
import { OfferCard } from '@/features/desk/OfferCard'
import { IncomingCards } from '@/features/experts/IncomingCards'
import { useDesk, useSnapshot } from '@/shared/desk/context'
import { t, useLanguage } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import { ConnectionBar } from './ConnectionBar'
import { KeysDialog } from './KeysDialog'
import { Rail } from './Rail'
import { TopBar } from './TopBar'
import { useAttention } from './useAttention'

const useStyles = makeStyles({
  shell: {
    height: '100%',
    display: 'grid',
    gridTemplateRows: '48px auto minmax(0, 1fr)',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateAreas: '"top top" "bars bars" "rail main"',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
  top: { gridArea: 'top', position: 'relative', zIndex: 20 },
  bars: { gridArea: 'bars' },
  rail: { gridArea: 'rail' },
  main: { gridArea: 'main', minHeight: 0, minWidth: 0, position: 'relative' },
  // Who asks for me: a customer first, experts below.
  calling: {
    position: 'absolute',
    zIndex: 10,
    top: tokens.spacingVerticalL,
    left: tokens.spacingHorizontalL,
    width: 'min(724px, calc(100% - 32px))',
    display: 'grid',
    gap: tokens.spacingVerticalM,
    ':empty': { display: 'none' },
  },
  stale: { filter: 'grayscale(1)' },
})

/** The frame of every page: top bar, connection bar, rail, page, and what may appear anywhere. */
export function Shell() {
  useLanguage()
  const styles = useStyles()
  const softphone = useSoftphone()
  const isAgent = useSnapshot((snapshot) => snapshot.agent !== null)
  const stale = useDesk((state) => state.lost_at !== null)
  useAttention()
  // Back out of a text field: what was typed stays, and single-letter keys work.
  useKey('Escape', () => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  return (
    <div className={styles.shell}>
      <header className={styles.top}>
        <TopBar openLine={() => softphone.open()} softphone={softphone} />
      </header>
      <section className={styles.bars} aria-label={t('connection.label')}>
        <ConnectionBar />
        {isAgent && <LineTrouble softphone={softphone} />}
      </section>
      <div className={styles.rail}>
        <Rail />
      </div>
      <main className={mergeClasses(styles.main, stale && styles.stale)}>
        <Outlet />
        <div className={styles.calling}>
          <OfferCard openLine={() => softphone.open()} />
          <IncomingCards />
        </div>
      </main>
      <KeysDialog />
    </div>
  )
}
