// Every page of the desk on the demo company, by a short name; the screens of the menu first.
export async function addresses({ api }) {
  const agenda = (await api.ask('/api/agenda?outcome=due&limit=1')).value;
  const due = agenda.rows[0] ?? (await api.ask('/api/agenda?outcome=waiting&limit=1')).value.rows[0];
  const customer = due.customer.id;
  const items = (await api.ask(`/api/items?customer=${customer}&state=all&sort=due_date&limit=1`)).value;
  const past = (await api.ask('/api/me')).value.today.replace(/^(\d{4}).*/, (_, year) => `${year - 1}-12-31`);
  return {
    today: '/',
    agenda: '/agenda',
    one_by_one: '/agenda/one',
    customers: '/customers',
    customer: `/customers/${customer}`,
    items: '/items',
    item: `/items/${items.rows[0].id}`,
    ageing: '/ageing',
    ageing_by_customer: '/ageing?by=customer',
    ageing_past: `/ageing?by=entity&as_of=${past}`,
    dso: '/dso',
    dso_countback: '/dso?method=countback',
    imports: '/imports',
    new_import: '/imports/new',
    account: '/account',
    not_found: '/nowhere',
  };
}
