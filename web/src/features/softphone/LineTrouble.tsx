import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useStore } from '@/shared/store/external'
import type { Softphone } from './softphone'

/** Says why there is no audio and what to do; nothing while all is well. */
export function LineTrouble({ softphone }: { softphone: Softphone }) {
  const { phase, trouble } = useStore(softphone.view)
  if (phase === 'replaced') {
    return (
      <MessageBar intent="info">
        <MessageBarBody>{t('line.replaced')}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => softphone.reopen()}>
            {t('line.use_here')}
          </Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
  if (trouble === null || (trouble === 'no_voice' && phase === 'broken')) return null
  const blocked = trouble === 'playback_blocked'
  return (
    <MessageBar intent={blocked ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody>{codeWords('line.trouble', trouble)}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => (blocked ? softphone.play() : softphone.reopen())}>
          {blocked ? t('line.play') : t('retry')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}
