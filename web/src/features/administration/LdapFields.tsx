import { Field, Input, Select, Text, Textarea } from '@fluentui/react-components'
import type { ConfiguredNetwork } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { LdapAttributes } from './LdapAttributes'
import { type LdapDraft, PORTS } from './ldapDraft'
import { Whole } from './Whole'

const PROTECTIONS = ['tls', 'start_tls', 'plain'] as const

type Props = { draft: LdapDraft; change: (part: Partial<LdapDraft>) => void; hasPassword: boolean; networks: ConfiguredNetwork[] }

/** The fields of an LDAP directory. */
export function LdapFields({ draft, change, hasPassword, networks }: Props) {
  const protect = (protection: LdapDraft['protection']) => change({ protection, port: PORTS[protection] })
  return (
    <>
      <Field label={t('ldap.host')} required>
        <Input value={draft.host} maxLength={253} onChange={(_, { value }) => change({ host: value })} data-testid="ldap-host" />
      </Field>
      <Field label={t('ldap.protection')} validationState={draft.protection === 'plain' ? 'warning' : 'none'} validationMessage={draft.protection === 'plain' ? t('ldap.plain_warning') : undefined}>
        <Select value={draft.protection} onChange={(_, { value }) => protect(value as LdapDraft['protection'])} data-testid="ldap-protection">
          {PROTECTIONS.map((one) => (
            <option key={one} value={one}>
              {t(`ldap.protection.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Whole label={t('ldap.port')} min={1} max={65_535} value={draft.port} change={(port) => change({ port })} />
      {draft.protection !== 'plain' && (
        <Field label={t('ldap.ca_pem')} hint={t('ldap.ca_pem_hint')}>
          <Textarea value={draft.ca_pem} onChange={(_, { value }) => change({ ca_pem: value })} />
        </Field>
      )}
      <Field label={t('ldap.account')} hint={t('ldap.account_hint')}>
        <Input value={draft.account} maxLength={500} onChange={(_, { value }) => change({ account: value })} data-testid="ldap-account" />
      </Field>
      {draft.account.trim() !== '' && (
        <Field label={t('sign_in.password')} hint={hasPassword ? t('ldap.password_kept') : undefined}>
          <Input type="password" autoComplete="new-password" value={draft.password} maxLength={1000} onChange={(_, { value }) => change({ password: value })} data-testid="ldap-password" />
        </Field>
      )}
      <Field label={t('ldap.base')} hint={t('ldap.base_hint')} required>
        <Input value={draft.base} maxLength={500} onChange={(_, { value }) => change({ base: value })} data-testid="ldap-base" />
      </Field>
      <Field label={t('ldap.filter')} required>
        <Input value={draft.filter} maxLength={2000} onChange={(_, { value }) => change({ filter: value })} />
      </Field>
      {networks.map(({ network, name }) => (
        <Field key={network} label={t('ldap.address_on', { network: name })} hint={t('ldap.address_hint')}>
          <Input value={draft.networks[network] ?? ''} onChange={(_, { value }) => change({ networks: { ...draft.networks, [network]: value } })} />
        </Field>
      ))}
      <LdapAttributes typed={draft.attributes} change={(attributes) => change({ attributes })} />
      <Whole label={t('ldap.every')} min={0} max={10_080} value={draft.every_minutes} change={(every_minutes) => change({ every_minutes })} />
      <Text size={200}>{t('ldap.every_hint')}</Text>
    </>
  )
}
