-- Column names are the field names of the OpenCPS API, so that a row reads as an answer.
-- Times are milliseconds since 1970 (UTC); they are written as text only when answered.

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE counters (key TEXT PRIMARY KEY, value INTEGER NOT NULL);

-- People and their sessions ---------------------------------------------------------------

CREATE TABLE accounts (
  userId INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  fullName TEXT NOT NULL,
  password TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('Applicant', 'Employee')),
  preferences TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE applicants (
  applicantId INTEGER PRIMARY KEY AUTOINCREMENT,
  userId INTEGER NOT NULL UNIQUE REFERENCES accounts,
  createDate INTEGER NOT NULL,
  modifiedDate INTEGER NOT NULL,
  applicantName TEXT NOT NULL,
  applicantIdType TEXT NOT NULL DEFAULT 'citizen',
  applicantIdNo TEXT NOT NULL UNIQUE,
  applicantIdDate TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  cityCode TEXT NOT NULL DEFAULT '', cityName TEXT NOT NULL DEFAULT '',
  districtCode TEXT NOT NULL DEFAULT '', districtName TEXT NOT NULL DEFAULT '',
  wardCode TEXT NOT NULL DEFAULT '', wardName TEXT NOT NULL DEFAULT '',
  contactName TEXT NOT NULL DEFAULT '',
  contactTelNo TEXT NOT NULL DEFAULT '',
  contactEmail TEXT NOT NULL DEFAULT '',
  applicantProfile TEXT NOT NULL DEFAULT '{}',
  verification INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE sessions (
  sessionId TEXT PRIMARY KEY,
  userId INTEGER REFERENCES accounts ON DELETE CASCADE,
  captcha TEXT NOT NULL DEFAULT '',
  found TEXT NOT NULL DEFAULT '[]',
  lastSeen INTEGER NOT NULL
);
CREATE TABLE login_failures (
  email TEXT PRIMARY KEY COLLATE NOCASE,
  failures INTEGER NOT NULL,
  last INTEGER NOT NULL
);
CREATE TABLE wrong_secrets (dossierId INTEGER, client TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX wrong_secrets_at ON wrong_secrets (at);

-- The catalogue ---------------------------------------------------------------------------

CREATE TABLE services (
  serviceInfoId INTEGER PRIMARY KEY,
  createDate INTEGER NOT NULL, modifiedDate INTEGER NOT NULL,
  serviceCode TEXT NOT NULL UNIQUE, serviceCodeDVCQG TEXT NOT NULL, serviceNameDVCQG TEXT NOT NULL,
  serviceName TEXT NOT NULL,
  processText TEXT NOT NULL, methodText TEXT NOT NULL, dossierText TEXT NOT NULL,
  conditionText TEXT NOT NULL, durationText TEXT NOT NULL, applicantText TEXT NOT NULL,
  resultText TEXT NOT NULL, regularText TEXT NOT NULL, feeText TEXT NOT NULL,
  administrationCode TEXT NOT NULL, administrationName TEXT NOT NULL,
  domainCode TEXT NOT NULL, domainName TEXT NOT NULL,
  maxLevel INTEGER NOT NULL,
  active TEXT NOT NULL DEFAULT 'true',
  tagCode TEXT NOT NULL DEFAULT '', tagName TEXT NOT NULL DEFAULT '',
  durationCount INTEGER NOT NULL
);
CREATE TABLE configs (
  serviceConfigId INTEGER PRIMARY KEY,
  serviceInfoId INTEGER NOT NULL REFERENCES services,
  govAgencyCode TEXT NOT NULL, govAgencyName TEXT NOT NULL,
  serviceInstruction TEXT NOT NULL, serviceLevel INTEGER NOT NULL, serviceUrl TEXT NOT NULL DEFAULT '',
  UNIQUE (serviceInfoId, govAgencyCode)
);
CREATE TABLE templates (
  dossierTemplateId INTEGER PRIMARY KEY,
  serviceInfoId INTEGER NOT NULL REFERENCES services,
  templateNo TEXT NOT NULL UNIQUE, templateName TEXT NOT NULL
);
CREATE TABLE options (
  processOptionId INTEGER PRIMARY KEY,
  serviceConfigId INTEGER NOT NULL REFERENCES configs,
  dossierTemplateId INTEGER NOT NULL REFERENCES templates,
  seqOrder INTEGER NOT NULL, optionName TEXT NOT NULL,
  processNo TEXT NOT NULL, processName TEXT NOT NULL
);
CREATE TABLE parts (
  dossierPartId INTEGER PRIMARY KEY,
  dossierTemplateId INTEGER NOT NULL REFERENCES templates,
  partNo TEXT NOT NULL, partName TEXT NOT NULL, partTip TEXT NOT NULL,
  partType INTEGER NOT NULL, multiple TEXT NOT NULL, required TEXT NOT NULL,
  fileTemplateNo TEXT NOT NULL,
  UNIQUE (dossierTemplateId, partNo)
);
CREATE TABLE form_files (
  serviceInfoId INTEGER NOT NULL REFERENCES services,
  fileTemplateNo TEXT NOT NULL, templateName TEXT NOT NULL,
  fileType TEXT NOT NULL, fileSize INTEGER NOT NULL,
  PRIMARY KEY (serviceInfoId, fileTemplateNo)
);
CREATE TABLE dictionary (
  dictItemId INTEGER PRIMARY KEY AUTOINCREMENT,
  collection TEXT NOT NULL, itemCode TEXT NOT NULL,
  itemName TEXT NOT NULL, itemNameEN TEXT NOT NULL DEFAULT '', itemDescription TEXT NOT NULL DEFAULT '',
  level INTEGER NOT NULL DEFAULT 0, parent TEXT NOT NULL DEFAULT '0', treeIndex TEXT NOT NULL DEFAULT '',
  metaData TEXT NOT NULL DEFAULT '{}',
  UNIQUE (collection, itemCode)
);
CREATE TABLE employees (
  employeeId INTEGER PRIMARY KEY, userId INTEGER NOT NULL, employeeNo TEXT NOT NULL,
  fullName TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', gender INTEGER NOT NULL,
  telNo TEXT NOT NULL, mobile TEXT NOT NULL DEFAULT '', email TEXT NOT NULL,
  jobPosTitle TEXT NOT NULL, workingUnitName TEXT NOT NULL, govAgencyCode TEXT NOT NULL
);

-- Dossiers --------------------------------------------------------------------------------

CREATE TABLE dossiers (
  dossierId INTEGER PRIMARY KEY AUTOINCREMENT,
  dossierIdCTN TEXT DEFAULT '', referenceUid TEXT NOT NULL,
  groupId INTEGER DEFAULT 0, userId INTEGER NOT NULL REFERENCES accounts,
  createDate INTEGER NOT NULL, modifiedDate INTEGER NOT NULL,
  serviceCode TEXT NOT NULL, serviceName TEXT NOT NULL, serviceLevel INTEGER NOT NULL,
  domainCode TEXT NOT NULL, domainName TEXT NOT NULL,
  govAgencyCode TEXT NOT NULL, govAgencyName TEXT NOT NULL,
  dossierTemplateNo TEXT NOT NULL, dossierTemplateName TEXT NOT NULL, processNo TEXT NOT NULL,
  dossierNo TEXT NOT NULL DEFAULT '', dossierName TEXT DEFAULT '', briefNote TEXT DEFAULT '',
  originality INTEGER NOT NULL DEFAULT 1,
  applicantName TEXT DEFAULT '', applicantIdType TEXT DEFAULT '', applicantIdNo TEXT DEFAULT '', applicantIdDate TEXT DEFAULT '',
  address TEXT DEFAULT '', cityCode TEXT DEFAULT '', cityName TEXT DEFAULT '', districtCode TEXT DEFAULT '',
  districtName TEXT DEFAULT '', wardCode TEXT DEFAULT '', wardName TEXT DEFAULT '',
  contactName TEXT DEFAULT '', contactTelNo TEXT DEFAULT '', contactEmail TEXT DEFAULT '',
  isSameAsApplicant TEXT DEFAULT '',
  delegateName TEXT DEFAULT '', delegateIdNo TEXT DEFAULT '', delegateTelNo TEXT DEFAULT '', delegateEmail TEXT DEFAULT '',
  delegateAddress TEXT DEFAULT '', delegateCityCode TEXT DEFAULT '', delegateCityName TEXT DEFAULT '',
  delegateDistrictCode TEXT DEFAULT '', delegateDistrictName TEXT DEFAULT '', delegateWardCode TEXT DEFAULT '',
  delegateWardName TEXT DEFAULT '', delegateType INTEGER DEFAULT 0, documentNo TEXT DEFAULT '', documentDate TEXT DEFAULT '',
  viaPostal TEXT DEFAULT '0', postalServiceCode TEXT DEFAULT '', postalServiceName TEXT DEFAULT '', postalAddress TEXT DEFAULT '',
  postalCityCode TEXT DEFAULT '', postalCityName TEXT DEFAULT '', postalDistrictCode TEXT DEFAULT '', postalDistrictName TEXT DEFAULT '',
  postalWardCode TEXT DEFAULT '', postalWardName TEXT DEFAULT '', postalTelNo TEXT DEFAULT '',
  vnpostalStatus INTEGER DEFAULT 0, vnpostalProfile TEXT DEFAULT '', fromViaPostal INTEGER DEFAULT 0,
  postalCodeSend TEXT DEFAULT '', postalCodeReceived TEXT DEFAULT '',
  dossierNote TEXT DEFAULT '', submissionNote TEXT DEFAULT '', applicantNote TEXT DEFAULT '',
  submitting INTEGER NOT NULL DEFAULT 0, online INTEGER NOT NULL DEFAULT 1,
  submitDate INTEGER, receiveDate INTEGER, dueDate INTEGER, releaseDate INTEGER, finishDate INTEGER,
  extendDate INTEGER, cancellingDate INTEGER, correctingDate INTEGER,
  dossierStatus TEXT NOT NULL DEFAULT '', dossierStatusText TEXT DEFAULT '',
  dossierSubStatus TEXT DEFAULT '', dossierSubStatusText TEXT DEFAULT '',
  stepCode TEXT DEFAULT '', stepName TEXT DEFAULT '', stepInstruction TEXT DEFAULT '',
  lockState TEXT DEFAULT '', durationCount REAL DEFAULT 0, durationUnit INTEGER DEFAULT 0,
  lastActionDate INTEGER, lastActionCode TEXT DEFAULT '', lastActionName TEXT DEFAULT '',
  lastActionUser TEXT DEFAULT '', lastActionNote TEXT DEFAULT '', lastActionUserId INTEGER DEFAULT 0,
  dossierActionId INTEGER DEFAULT 0,
  notification TEXT DEFAULT '', sampleCount INTEGER DEFAULT 0,
  metaData TEXT DEFAULT '{}', formMeta TEXT DEFAULT '',
  -- kept here, never answered
  secret TEXT NOT NULL, supplements INTEGER NOT NULL DEFAULT 0, statusBefore TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX dossiers_once ON dossiers (userId, referenceUid) WHERE originality >= 0;
CREATE INDEX dossiers_number ON dossiers (dossierNo);

CREATE TABLE files (
  dossierFileId INTEGER PRIMARY KEY AUTOINCREMENT,
  dossierId INTEGER NOT NULL REFERENCES dossiers,
  createDate INTEGER NOT NULL, modifiedDate INTEGER NOT NULL,
  referenceUid TEXT NOT NULL,
  dossierPartNo TEXT NOT NULL, dossierPartType INTEGER NOT NULL, dossierPartName TEXT NOT NULL,
  fileTemplateNo TEXT NOT NULL,
  displayName TEXT NOT NULL, fileType TEXT NOT NULL, fileSize INTEGER NOT NULL, fileVersion INTEGER NOT NULL DEFAULT 1,
  formData TEXT NOT NULL DEFAULT '', removed INTEGER NOT NULL DEFAULT 0,
  blob TEXT NOT NULL,
  UNIQUE (dossierId, referenceUid)
);
CREATE TABLE marks (
  dossierId INTEGER NOT NULL REFERENCES dossiers, dossierPartNo TEXT NOT NULL,
  fileMark INTEGER NOT NULL DEFAULT 0, fileCheck INTEGER NOT NULL DEFAULT 0,
  fileComment TEXT NOT NULL DEFAULT '', recordCount TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (dossierId, dossierPartNo)
);
CREATE TABLE payments (
  paymentFileId INTEGER PRIMARY KEY AUTOINCREMENT,
  dossierId INTEGER NOT NULL UNIQUE REFERENCES dossiers,
  createDate INTEGER NOT NULL, modifiedDate INTEGER NOT NULL,
  referenceUid TEXT NOT NULL,
  paymentFee TEXT NOT NULL, paymentNote TEXT NOT NULL DEFAULT '',
  advanceAmount INTEGER NOT NULL DEFAULT 0, feeAmount INTEGER NOT NULL DEFAULT 0,
  serviceAmount INTEGER NOT NULL DEFAULT 0, shipAmount INTEGER NOT NULL DEFAULT 0,
  paymentAmount INTEGER NOT NULL DEFAULT 0,
  paymentStatus INTEGER NOT NULL DEFAULT 0, paymentMethod TEXT NOT NULL DEFAULT '',
  confirmDatetime INTEGER, confirmNote TEXT NOT NULL DEFAULT '', approveDatetime INTEGER,
  confirmFileType TEXT NOT NULL DEFAULT '', confirmFileSize INTEGER NOT NULL DEFAULT 0,
  blob TEXT NOT NULL DEFAULT ''
);
CREATE TABLE actions (
  dossierActionId INTEGER PRIMARY KEY AUTOINCREMENT,
  dossierId INTEGER NOT NULL REFERENCES dossiers,
  userId INTEGER NOT NULL, actionUser TEXT NOT NULL,
  actionCode TEXT NOT NULL, actionName TEXT NOT NULL, actionNote TEXT NOT NULL,
  fromStepCode TEXT NOT NULL, fromStepName TEXT NOT NULL, stepCode TEXT NOT NULL, stepName TEXT NOT NULL,
  sequenceNo TEXT NOT NULL, previousActionId INTEGER NOT NULL,
  createDate INTEGER NOT NULL, dueDate INTEGER
);
CREATE INDEX actions_dossier ON actions (dossierId);
CREATE TABLE logs (
  dossierLogId INTEGER PRIMARY KEY AUTOINCREMENT,
  dossierId INTEGER NOT NULL REFERENCES dossiers,
  author TEXT NOT NULL, content TEXT NOT NULL, createDate INTEGER NOT NULL,
  notificationType TEXT NOT NULL, stepName TEXT NOT NULL, dossierActionId INTEGER NOT NULL
);
CREATE INDEX logs_dossier ON logs (dossierId);
CREATE TABLE notifications (
  eventId INTEGER PRIMARY KEY AUTOINCREMENT,
  userId INTEGER NOT NULL REFERENCES accounts, dossierId INTEGER NOT NULL REFERENCES dossiers,
  notificationDate INTEGER NOT NULL, userName TEXT NOT NULL, title TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0
);

-- Around the dossier ----------------------------------------------------------------------

CREATE TABLE votings (
  votingId INTEGER PRIMARY KEY AUTOINCREMENT,
  className TEXT NOT NULL, classPK TEXT NOT NULL, createDate INTEGER NOT NULL,
  subject TEXT NOT NULL, choices TEXT NOT NULL, votingCode TEXT NOT NULL,
  UNIQUE (className, classPK, votingCode)
);
CREATE TABLE voting_results (
  votingResultId INTEGER PRIMARY KEY AUTOINCREMENT,
  votingId INTEGER NOT NULL REFERENCES votings,
  userId INTEGER NOT NULL, client TEXT NOT NULL DEFAULT '', createDate INTEGER NOT NULL,
  fullName TEXT NOT NULL, email TEXT NOT NULL, comment TEXT NOT NULL, selected INTEGER NOT NULL
);
CREATE TABLE questions (
  questionId INTEGER PRIMARY KEY AUTOINCREMENT, createDate INTEGER NOT NULL,
  fullname TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL, publish INTEGER NOT NULL, questionType TEXT NOT NULL DEFAULT '',
  domainCode TEXT NOT NULL DEFAULT '', domainName TEXT NOT NULL DEFAULT '',
  govAgencyCode TEXT NOT NULL DEFAULT '', govAgencyName TEXT NOT NULL DEFAULT '',
  subDomainCode TEXT NOT NULL DEFAULT '', subDomainName TEXT NOT NULL DEFAULT ''
);
CREATE TABLE answers (
  answerId INTEGER PRIMARY KEY AUTOINCREMENT, questionId INTEGER NOT NULL REFERENCES questions,
  createDate INTEGER NOT NULL, userName TEXT NOT NULL, content TEXT NOT NULL, publish INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE bookings (
  bookingId INTEGER PRIMARY KEY AUTOINCREMENT, createDate INTEGER NOT NULL,
  className TEXT NOT NULL, classPK TEXT NOT NULL, serviceCode TEXT NOT NULL, codeNumber TEXT NOT NULL,
  bookingName TEXT NOT NULL, gateNumber TEXT NOT NULL, state INTEGER NOT NULL, bookingDate INTEGER NOT NULL,
  serviceGroupCode TEXT NOT NULL, telNo TEXT NOT NULL, govAgencyCode TEXT NOT NULL, count INTEGER NOT NULL,
  online INTEGER NOT NULL, bookingInTime TEXT NOT NULL
);
CREATE TABLE applicant_data (
  applicantDataId INTEGER PRIMARY KEY AUTOINCREMENT, userId INTEGER NOT NULL REFERENCES accounts,
  createDate INTEGER NOT NULL, modifiedDate INTEGER NOT NULL, userName TEXT NOT NULL,
  fileTemplateNo TEXT NOT NULL, fileNo TEXT NOT NULL, fileName TEXT NOT NULL,
  fileExtension TEXT NOT NULL, metadata TEXT NOT NULL DEFAULT '{}', status INTEGER NOT NULL,
  applicantIdNo TEXT NOT NULL, applicantDataType INTEGER NOT NULL DEFAULT 0, dossierNo TEXT NOT NULL DEFAULT '',
  blob TEXT NOT NULL
);
