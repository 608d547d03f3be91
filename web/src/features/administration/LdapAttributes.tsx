import { Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { Folded } from '@/shared/ui/folded'
import { ATTRIBUTES, type AttributeOf, USUAL } from './ldapAttributes'

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: tokens.spacingHorizontalM },
  hint: { display: 'block', marginBottom: tokens.spacingVerticalS },
})

type Typed = Record<AttributeOf, string>
type Props = { typed: Typed; change: (typed: Typed) => void }

/** From which attributes each thing comes; few need others than the usual ones. */
export function LdapAttributes({ typed, change }: Props) {
  const styles = useStyles()
  return (
    <Folded title={t('ldap.attributes')} testId="ldap-attributes">
      <Text size={200} className={styles.hint}>
        {t('ldap.attributes_hint')}
      </Text>
      <div className={styles.fields}>
        {ATTRIBUTES.map((name) => (
          <Field key={name} label={t(`ldap.attribute.${name}`)}>
            <Input
              value={typed[name]}
              placeholder={USUAL[name].join(', ')}
              maxLength={1000}
              onChange={(_, { value }) => change({ ...typed, [name]: value })}
              data-testid={`ldap-attribute-${name}`}
            />
          </Field>
        ))}
      </div>
    </Folded>
  )
}
