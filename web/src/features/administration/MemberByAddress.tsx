import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import type { ExpertGroupMember } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: '160px repeat(2, minmax(0, 1fr)) auto', alignItems: 'end', columnGap: tokens.spacingHorizontalS },
  field: { minWidth: 0, width: '100%' },
})

/** Adds somebody by their address on a network, for who cannot search there. */
export function MemberByAddress({ add }: { add: (member: ExpertGroupMember) => void }) {
  const styles = useStyles()
  const networks = useSnapshot((snapshot) => snapshot.networks)
  const [network, setNetwork] = useState(networks[0]?.network ?? '')
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const isComplete = network !== '' && address.trim() !== '' && name.trim() !== ''
  const finish = () => {
    add({ network, address: address.trim(), name: name.trim(), consult_limit: null, quiet_hours: null })
    setAddress('')
    setName('')
  }
  return (
    <div className={styles.row}>
      <Field label={t('group.network')} size="small" className={styles.field}>
        <Select size="small" value={network} onChange={(_, { value }) => setNetwork(value)}>
          {networks.map((one) => (
            <option key={one.network} value={one.network}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('group.address')} size="small" className={styles.field}>
        <Input size="small" className={styles.field} input={{ className: styles.field }} value={address} maxLength={512} onChange={(_, { value }) => setAddress(value)} data-testid="member-address" />
      </Field>
      <Field label={t('group.name')} size="small" className={styles.field}>
        <Input size="small" className={styles.field} input={{ className: styles.field }} value={name} maxLength={200} onChange={(_, { value }) => setName(value)} data-testid="member-name" />
      </Field>
      <Button size="small" disabledFocusable={!isComplete} onClick={() => isComplete && finish()} data-testid="member-add">
        {t('group.add_by_address')}
      </Button>
    </div>
  )
}
