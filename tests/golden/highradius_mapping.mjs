// Field to column of the food company's ledger, as a mapping file has it.
export const mapping = {
  entity: 'business_code',
  customer_code: 'cust_number',
  customer_name: 'name_customer',
  number: 'invoice_id',
  issue_date: 'posting_date',
  due_date: 'due_in_date',
  cleared_date: 'clear_date',
  amount: 'total_open_amount',
  currency: 'invoice_currency',
  terms: 'cust_payment_terms',
};
