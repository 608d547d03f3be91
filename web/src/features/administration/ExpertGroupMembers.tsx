import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ArrowUpRegular, DeleteRegular } from '@fluentui/react-icons'
import type { ExpertGroupMember } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  member: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 104px 150px auto auto', alignItems: 'end', columnGap: tokens.spacingHorizontalS },
  lines: { display: 'grid', minWidth: 0, alignSelf: 'center' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  address: { color: tokens.colorNeutralForeground2 },
  field: { minWidth: 0, width: '100%' },
})

/** How no quiet hours are written: an empty field follows the network. */
const NO_HOURS = '-'

type Props = { members: ExpertGroupMember[]; change: (members: ExpertGroupMember[]) => void }

/** Who is in a group, in their order, with what counts for them alone. */
export function ExpertGroupMembers({ members, change }: Props) {
  const styles = useStyles()
  const earlier = (at: number) => {
    const [before, one] = [members[at - 1], members[at]]
    if (before && one) change(members.map((member, index) => (index === at ? before : index === at - 1 ? one : member)))
  }
  return (
    <ol className={styles.list} aria-label={t('group.members')} data-testid="group-members">
      {members.map((member, index) => (
        <Member
          key={`${member.network} ${member.address}`}
          member={member}
          isFirst={index === 0}
          earlier={() => earlier(index)}
          change={(part) => change(members.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          remove={() => change(members.filter((_, at) => at !== index))}
        />
      ))}
    </ol>
  )
}

type MemberProps = {
  member: ExpertGroupMember
  isFirst: boolean
  earlier: () => void
  change: (part: Partial<ExpertGroupMember>) => void
  remove: () => void
}

function Member({ member, isFirst, earlier, change, remove }: MemberProps) {
  const styles = useStyles()
  const { name, address, network, consult_limit, quiet_hours } = member
  return (
    <li className={styles.member}>
      <span className={styles.lines}>
        <Text weight="semibold" className={styles.line}>
          {name}
        </Text>
        <Text size={200} className={`${styles.line} ${styles.address}`} title={address}>
          {`${address} · ${network}`}
        </Text>
      </span>
      <Field label={t('group.limit_hint')} size="small" className={styles.field}>
        <Input
          size="small"
          className={styles.field}
          type="number"
          min={1}
          max={100}
          input={{ 'aria-label': t('group.limit', { name }), className: styles.field }}
          value={consult_limit == null ? '' : String(consult_limit)}
          onChange={(_, { value }) => change({ consult_limit: value === '' ? null : Number(value) })}
        />
      </Field>
      <Field label={t('group.quiet_hint')} size="small" className={styles.field}>
        <Input
          size="small"
          className={styles.field}
          maxLength={200}
          input={{ 'aria-label': t('group.quiet', { name }), className: styles.field }}
          value={quiet_hours === '' ? NO_HOURS : (quiet_hours ?? '')}
          onChange={(_, { value }) => change({ quiet_hours: value === '' ? null : value.trim() === NO_HOURS ? '' : value })}
        />
      </Field>
      <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} disabledFocusable={isFirst} onClick={earlier} aria-label={t('group.earlier', { name })} />
      <Button size="small" appearance="subtle" icon={<DeleteRegular />} onClick={remove} aria-label={t('hunt.untick', { name })} />
    </li>
  )
}
