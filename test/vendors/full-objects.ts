/**
 * For every vendor, answers in which every known field has a unique value: the models of the documents and the fields
 * named on public pages. `status`, dates and ids have the vendor's format.
 */

/** By path; query and trailing segments are ignored. */
export type Answers = Readonly<Record<string, unknown>>;

const cloudmoreShared = {
  id: 'cm-sub-1',
  name: 'cm name',
  productId: 'cm-product-id',
  productName: 'cm product',
  serviceId: 'cm-service-id',
  serviceName: 'cm service',
  resellerId: 'cm-reseller-id',
  resellerName: 'cm reseller',
  organizationId: 'cm-organization-id',
  organizationName: 'cm organization',
  quantity: 711,
  price: 712.13,
  currency: 'CMC',
  startDate: '2026-01-02T00:00:00Z',
  endDate: '2027-01-03T00:00:00Z',
  cancelledDate: '2026-01-04T00:00:00Z',
  addons: [{ id: 'cm-addon-id', productId: 'cm-addon-product', name: 'cm addon', quantity: 713, price: 714.15 }],
  customProperties: [{ propertyId: 'cm-property-id', name: 'cm property', value: 'cm property value' }],
};
const cloudmoreSeller = {
  ...cloudmoreShared,
  status: { id: 715, name: 'Cm-status' },
  sellerId: 'cm-seller',
  sellerName: 'cm seller name',
  costPrice: 716.17,
};
const cloudmoreReseller = { ...cloudmoreShared, status: 'Cm-status', purchaseOrderNumber: 'cm-po' };

export const cloudmoreSellerAnswers: Answers = {
  '/api/sellers/cm-seller/services': [{ id: 'cm-service-id', name: 'cm service' }],
  '/api/sellers/cm-seller/resellers': [],
  '/api/sellers/cm-seller/subscriptions/service/cm-service-id': [cloudmoreSeller],
  '/api/sellers/cm-seller/subscriptions/cm-sub-1': cloudmoreSeller,
};
const below = '/api/resellers/cm-reseller-id/organizations/cm-organization-id/services/cm-service-id/subscriptions';
export const cloudmoreResellerAnswers: Answers = {
  '/api/resellers/cm-reseller-id/services': [{ id: 'cm-service-id', name: 'cm service' }],
  '/api/resellers/cm-reseller-id/Organizations': [],
  '/api/resellers/cm-reseller-id/services/cm-service-id/subscriptions': [cloudmoreReseller],
  [`${below}/cm-sub-1`]: cloudmoreReseller,
};

const interworksSubscription = {
  id: 'iw-sub-1',
  name: 'iw name',
  externalId: 'iw-external',
  quantity: 811,
  startDate: '2026-02-02T00:00:00+02:00',
  endDate: '2027-02-03T23:59:00+02:00',
  status: 'Iw-status',
  account: { id: 812, name: 'iw account' },
  product: { id: 813, name: 'iw product' },
  addonId: 'iw-addon-of',
  unitPrice: 814.15,
  currency: 'IWC',
  billingCycle: 'iw cycle',
  term: 'iw term',
  addons: [{ id: 'iw-addon', name: 'iw addon', quantity: 815, status: 'active', endDate: '2027-02-04' }],
  priceProtection: { periodEndDate: '2027-02-05', protectedSalesPrice: 816.17, protectedCostPrice: 818.19 },
};
export const interworksAnswers: Answers = {
  '/api/accounts': [],
  '/api/subscriptions': [interworksSubscription],
  '/api/subscriptions/iw-sub-1': interworksSubscription,
  '/api/subscriptions/iw-sub-1/characteristics': [{ id: 1, name: 'iw char', code: 'C', value: 'iw char value' }],
  '/api/subscriptions/iw-sub-1/customfields': [{ id: 2, name: 'iw field', code: 'F', value: 'iw field value' }],
  '/api/subscriptions/iw-sub-1/currentInstallmentplan': [{ id: 3, name: 'iw plan', code: 'P', value: 'iw plan value' }],
};

const vmwareShared = {
  id: 'vm-sub-1',
  billingEngineSubscriptionId: 'M91113002',
  customerOrgId: 'vm-customer-org',
  customerRef: { name: 'vm customer', orgId: 'vm-customer-ref-org', orgName: 'vm customer org name' },
  resellerRef: { name: 'vm reseller', orgId: 'vm-reseller-org', partnerId: 'vm-partner' },
  serviceRefs: [{ id: 'vm-service-id', name: 'vm service', serviceIcon: 'https://icons.example/vm.svg' }],
  renewalPreference: 'VM_PREFERENCE',
  status: 'VM_STATUS',
  currency: 'VMC',
  orderSourceType: 'VM_SOURCE',
  subscriptionGroupId: 'vm-group',
  subscriptionType: 'VM_TYPE',
};
const vmwareListed = {
  ...vmwareShared,
  subscriptionStartDate: '2026-03-02T00:00:00Z',
  subscriptionEndDate: '2027-03-03T00:00:00Z',
};
const vmwareDetail = {
  ...vmwareShared,
  startDate: '2026-03-02T00:00:00Z',
  endDate: '2027-03-03T00:00:00Z',
  offerGroup: {
    id: 'vm-offer-group',
    name: 'vm offer group',
    billingFrequency: 'VM_FREQUENCY',
    billingTerm: 911,
    billingTermUom: 'VM_UOM',
    currency: 'VMO',
    description: 'vm description',
    endDate: '2027-03-04T00:00:00Z',
    offerCategory: 'vm category',
    offerSubCategory: 'vm subcategory',
    offerType: 'vm offer type',
    offerCost: 912.13,
    offers: [{ id: 'vm-offer', name: 'vm offer', quantity: 913, unitOfMeasure: 'vm unit' }],
  },
};
const distributor = '/cphub/api/seller/v1/distributors/vm-distributor';
export const vmwareAnswers: Answers = {
  [`${distributor}/usage/customers`]: [],
  [`${distributor}/subscriptions/search`]: { current: 1, results: [vmwareListed], totalResultsCount: 1 },
  [`${distributor}/subscriptions/vm-sub-1`]: vmwareDetail,
};

const lineworksRenewal = {
  subscriptionId: 9007199254740993n,
  type: 'LW_TYPE',
  productId: 'LW_NEXT',
  plan: 'LW_NEXT_PLAN',
  licenseCount: 611,
};
const lineworksSubscription = {
  domainId: 612,
  subscriptionId: 9007199254740993n,
  productId: 'LW_PRODUCT',
  plan: 'LW_PLAN',
  planStartDate: '2026-04-02',
  planEndDate: '2027-04-03',
  licenseAssignType: 'LW_ASSIGN',
  licenseCount: 613,
  status: 'LW_STATUS',
  renewal: lineworksRenewal,
};
const lineworksCustomer = {
  tenantId: 614,
  domainId: 612,
  domain: 'lw.example',
  productId: 'LW_RETIRED',
  companyName: 'lw company',
  phoneNumber: '+81 615',
  timeZone: 'lw zone',
  locale: 'lw_LO',
  domainType: 'LW_DOMAIN',
  administrator: {
    lastName: 'lw last',
    firstName: 'lw first',
    id: 'lw-admin',
    privateEmail: 'lw@example.com',
    cellphone: '616',
    countryCode: '+617',
  },
  partnership: { status: 'LW_PARTNER', customerCode: 'lw-code', memo: 'lw memo' },
};
const customer = '/partners/customers/612';
export const lineworksAnswers: Answers = {
  '/partners/customers': { customers: [lineworksCustomer], responseMetaData: {} },
  [customer]: lineworksCustomer,
  [`${customer}/subscriptions`]: { subscriptions: [lineworksSubscription] },
  [`${customer}/subscriptions/9007199254740993`]: lineworksSubscription,
  [`${customer}/subscriptions/9007199254740993/renewal`]: lineworksRenewal,
  [`${customer}/subscriptions/9007199254740993/reservation`]: {
    subscriptionId: 9007199254740993n,
    type: 'LW_RESERVED',
    applyDate: '2027-04-04',
    plan: 'LW_RESERVED_PLAN',
    productId: 'LW_RESERVED_PRODUCT',
    licenseCount: 618,
  },
};

const cloudcockpitShared = {
  id: 'cc-sub-1',
  customerId: 'cc-customer',
  providerInstanceId: 'cc-instance',
  resellerId: 'cc-reseller',
  providerSubscriptionId: 'cc-provider-sub',
  startDate: '2026-05-02T00:00:00+00:00',
  endDate: '2027-05-03T00:00:00+00:00',
  cancellationAllowedUntil: '2026-05-04T00:00:00+00:00',
  quantity: 511,
  termDuration: { name: 'CcTerm' },
  billingFrequency: { name: 'CcFrequency' },
  segment: { name: 'CcSegment' },
};
const cloudcockpitListed = {
  ...cloudcockpitShared,
  orderId: 'cc-order',
  offerId: 'cc-offer',
  subscriptionName: 'cc name',
  offerName: 'cc offer name',
  offerType: { name: 'CcOfferType' },
  isAddonOffer: true,
  isTrialOffer: true,
  providerOfferId: 'cc-provider-offer',
  subscriptionStatus: { name: 'CcStatus' },
  listPrice: { value: 512.13, currency: { name: 'CCA' } },
  revenuePrice: { value: 514.15, currency: { name: 'CCB' } },
  erpPrice: { value: 516.17, currency: { name: 'CCD' } },
  customMargin: { marginRule: { name: 'CcRule' }, value: 518.19 },
  billingType: { name: 'CcBillingType' },
  parentSubscriptionId: 'cc-parent',
  autoRenewal: true,
  providerData: '{"sku":"cc-sku","tags":["cc-tag"]}',
  internalId: 'cc-internal',
};
const cloudcockpitDetail = {
  ...cloudcockpitShared,
  name: 'cc name',
  status: { name: 'CcStatus' },
  nextBillingFrequency: { scheduledDate: '2026-05-05T00:00:00+00:00', billingFrequency: { name: 'CcNextFrequency' } },
  autoRenewEnabled: true,
  autoRenewSettings: {
    term: { name: 'CcRenewTerm' },
    billingFrequency: { name: 'CcRenewFrequency' },
    customTermEndDate: '2027-05-06T00:00:00+00:00',
  },
  poNumber: 'cc-po',
};
const page = (...items: readonly object[]) => ({ items, totalCount: items.length, hasNextPage: false });
export const cloudcockpitAnswers: Answers = {
  '/v1/Resellers': page({ id: 'cc-reseller', companyName: 'cc reseller name' }),
  '/v1/Customers': page({ id: 'cc-customer', companyName: 'cc customer name', resellerId: 'cc-reseller' }),
  '/v1/subscriptions': page(cloudcockpitListed),
  '/v1/customers/cc-customer/subscriptions': page(cloudcockpitListed),
  '/v1/customers/cc-customer/subscriptions/cc-sub-1': cloudcockpitDetail,
};
