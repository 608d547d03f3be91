const person = (address, name, title, department, presence, activity = null) => ({
  person: { network: 'skype', address: `sip:${address}@example.test` },
  name, title, department, company: 'Example AG', office: department === 'Payments' ? 'Pune' : 'Hamburg',
  email: `${address}@example.test`, phone: null,
  presence: { presence, activity, as_of_at: Date.now() - 4000 },
})

export const people = [
  person('oskar', 'Oskar Lindqvist', 'Payments engineer', 'Payments', 'available'),
  person('tom', 'Tom Becker', 'Team lead', 'Payments', 'away', 'Away 5 minutes'),
  person('priya', 'Priya Raman', 'Mandate specialist', 'Payments', 'available'),
  person('paula', 'Paula-Marie von Hohenstein-Oldenburg zu Sayn', 'Senior principal consultant for direct-debit matters', 'Cross-border Payments and Collections', 'busy', 'In a meeting'),
  person('pia', 'Pia Östlund', null, null, 'offline'),
  person('pavel', 'Pavel Novák', 'Controller', 'Finance', 'do_not_disturb', 'Presenting'),
  person('petra', 'Petra Lang', 'Lawyer', 'Legal', 'unknown'),
]
