import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { LdapForm } from './LdapForm'
import { PeopleSourceForm } from './PeopleSourceForm'
import type { ScimSource } from './queries'
import { ScimForm } from './ScimForm'

const KINDS = ['csv', 'ldap', 'scim'] as const

type Props = { close: () => void; made: (source: ScimSource) => void }

/** A new source: first of which kind, then what that kind needs. */
export function NewPeopleSource({ close, made }: Props) {
  const [kind, setKind] = useState<string>('csv')
  const choice = (
    <Field label={t('admin.kind')}>
      <RadioGroup layout="horizontal" value={kind} onChange={(_, { value }) => setKind(value)}>
        {KINDS.map((one) => (
          <Radio key={one} value={one} label={codeWords('people.kind', one)} data-testid={`people-kind-${one}`} />
        ))}
      </RadioGroup>
    </Field>
  )
  if (kind === 'ldap') return <LdapForm source={null} kept={null} choice={choice} close={close} />
  if (kind === 'scim') return <ScimForm choice={choice} close={close} made={made} />
  return <PeopleSourceForm source={null} choice={choice} close={close} />
}
