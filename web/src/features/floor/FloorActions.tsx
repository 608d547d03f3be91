import { Button } from '@fluentui/react-components'
import { AlertUrgentRegular, TvRegular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { t } from '@/shared/i18n/translate'

/** Where else a supervisor goes from the floor. */
export function FloorActions() {
  const navigate = useNavigate()
  return (
    <>
      <Button as="a" href="/wallboard" target="_blank" icon={<TvRegular />} data-testid="open-wallboard">
        {t('wall.title')}
      </Button>
      <Button icon={<AlertUrgentRegular />} onClick={() => void navigate({ to: '/administration/$part', params: { part: 'thresholds' } })} data-testid="open-thresholds">
        {t('admin.thresholds')}
      </Button>
    </>
  )
}
