import { LdapSettingsForm } from './LdapForm'
import { NewPeopleSource } from './NewPeopleSource'
import { PeopleSourceForm } from './PeopleSourceForm'
import { PeopleUpload } from './PeopleUpload'
import type { PeopleImport, PeopleSource, ScimSource } from './queries'
import { RefusedPeople } from './RefusedPeople'
import { NewScimToken, ScimToken } from './ScimToken'

/** What is open over the list of sources. */
export type Open =
  | 'new'
  | { form: PeopleSource }
  | { upload: PeopleSource }
  | { refused: PeopleImport }
  | { ldap: PeopleSource }
  | { renew: PeopleSource }
  | { token: ScimSource }
  | null

type Props = { open: Open; show: (open: Open | ((old: Open) => Open)) => void }

/** The dialog that is open over the list of sources. */
export function PeopleSourceDialog({ open, show }: Props) {
  // A form closes itself once it is saved; a token that has come by then stays.
  const close = () => show((old) => (old && typeof old === 'object' && 'token' in old ? old : null))
  const made = (token: ScimSource) => show({ token })
  if (open === null) return null
  if (open === 'new') return <NewPeopleSource close={close} made={made} />
  if ('form' in open) return <PeopleSourceForm source={open.form} close={close} />
  if ('upload' in open) return <PeopleUpload source={open.upload} close={close} />
  if ('refused' in open) return <RefusedPeople of={open.refused} close={close} />
  if ('ldap' in open) return <LdapSettingsForm source={open.ldap} close={close} />
  if ('renew' in open) return <NewScimToken source={open.renew} close={close} made={made} />
  return <ScimToken of={open.token} close={() => show(null)} />
}
