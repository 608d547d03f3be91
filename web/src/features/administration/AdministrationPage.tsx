import { Tab, TabList } from '@fluentui/react-components'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useSnapshot } from '@/shared/desk/context'
import { type Key, t } from '@/shared/i18n/translate'
import type { Role } from '@/shared/socket/types'
import { Page } from '@/shared/ui/page'
import { Empty } from '@/shared/ui/states'
import { Abilities } from './Abilities'
import { AttachedDataKeys } from './AttachedDataKeys'
import { DemandRules } from './DemandRules'
import { Dispositions } from './Dispositions'
import { ExpertGroups } from './ExpertGroups'
import { Networks } from './Networks'
import { Nicknames } from './Nicknames'
import { PeopleSources } from './PeopleSources'
import { Queues } from './Queues'
import { Thresholds } from './Thresholds'
import { Users } from './Users'

/** Parts are for administrators, where nothing else is said. */
const parts: { part: string; name: Key; also?: Role }[] = [
  { part: 'users', name: 'admin.users' },
  { part: 'queues', name: 'admin.queues' },
  { part: 'skills', name: 'admin.skills' },
  { part: 'languages', name: 'admin.languages' },
  { part: 'demand-rules', name: 'admin.demand_rules' },
  { part: 'thresholds', name: 'admin.thresholds', also: 'supervisor' },
  { part: 'expert-groups', name: 'admin.expert_groups', also: 'supervisor' },
  { part: 'dispositions', name: 'admin.dispositions' },
  { part: 'attached-data', name: 'admin.attached' },
  { part: 'networks', name: 'admin.networks' },
  { part: 'directory', name: 'admin.directory' },
]

/** Users, queues, skills, languages, thresholds, groups of experts, dispositions, attached data, networks, directory: what my role may change of it. */
export function AdministrationPage() {
  const { part } = useParams({ strict: false }) as { part: string }
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const navigate = useNavigate()
  const mine = parts.filter(({ also }) => roles.includes('administrator') || (also && roles.includes(also)))
  if (!mine.some((one) => one.part === part)) return <Empty title={t('error.not_permitted')} />
  return (
    <Page title={t('admin.title')}>
      <TabList selectedValue={part} onTabSelect={(_, { value }) => void navigate({ to: '/administration/$part', params: { part: String(value) } })}>
        {mine.map((one) => (
          <Tab key={one.part} value={one.part} data-testid={`admin-${one.part}`}>
            {t(one.name)}
          </Tab>
        ))}
      </TabList>
      {part === 'users' && <Users />}
      {part === 'queues' && <Queues />}
      {part === 'skills' && <Abilities key="skill" kind="skill" />}
      {part === 'languages' && <Abilities key="language" kind="language" />}
      {part === 'demand-rules' && <DemandRules />}
      {part === 'thresholds' && <Thresholds />}
      {part === 'expert-groups' && <ExpertGroups />}
      {part === 'dispositions' && <Dispositions />}
      {part === 'attached-data' && <AttachedDataKeys />}
      {part === 'networks' && <Networks />}
      {part === 'directory' && (
        <>
          <PeopleSources />
          <Nicknames />
        </>
      )}
    </Page>
  )
}
