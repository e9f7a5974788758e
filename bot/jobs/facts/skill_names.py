"""The skills we know by name: one line a skill, or several with `;` between them. `bot.jobs.facts.skills` reads it.

    Label: alias, alias       the id is the label in small letters; label and aliases are all looked for
    ~Word                     counts only as it is written here: "Spark", but no spark
    !Word                     counts, as it is written, only among other skills or before "developer": "Go"
    ?Label                    a broad field: named once in passing ("we serve healthcare") it is no skill yet
    @words                    counts in a title only: a "Project Manager" does project management

Languages that people speak are no skills here, nor are virtues ("communication"): they tell no two openings apart.
"""

LANGUAGES_AND_FRAMEWORKS = """
Python: python3; Java; JavaScript: js, ecmascript, es6, vanilla js; TypeScript; !Go: golang; !Rust: rustlang
~Ruby
Ruby on Rails: rails, ror; PHP; C#: csharp, c sharp; C++: cpp; !C: c language, c programming, ansi c, embedded c
.NET: dotnet, .net core, asp.net, asp.net core, net core; F#; VB.NET: visual basic; ~Swift: swift language
SwiftUI; Objective-C: objective c
Kotlin; Scala; !R: r programming, rstudio, r language, tidyverse, r shiny; ~Elixir
~Phoenix: phoenix liveview, phoenix framework; Erlang; Haskell
Clojure: clojurescript; Perl; Lua; ~Dart; Flutter; ~Julia; MATLAB: simulink; Fortran; COBOL; ABAP; ~Apex
~Solidity; ~Cairo; ~Zig; OCaml
Groovy; PowerShell; Bash: shell scripting, shell scripts; VBA; SAS: sas programming
Assembly language: assembler; WebAssembly: wasm; HDL: verilog, vhdl, systemverilog
HTML: html5; CSS: css3; Sass: scss; Tailwind CSS: tailwind; ~Bootstrap; jQuery
~React: react.js, reactjs, react developer, react engineer; React Native
Next.js: nextjs; Vue.js: vue, vuejs; Nuxt: nuxt.js, nuxtjs; Angular: angularjs, angular.js; Svelte: sveltekit
~Redux: redux toolkit; ~Remix: remix.run; ~Astro: astro.js
Ember.js: emberjs; ~Backbone.js: backbonejs; Webpack; Vite; ~Storybook; Node.js: node, nodejs
Express: express.js, expressjs, !Express; NestJS: nest.js; ~Deno
Django: django rest framework, drf; ~Flask; FastAPI; Celery
~Spring: spring boot, springboot, spring framework, spring mvc, spring cloud; Hibernate; Quarkus; ~Micronaut
Laravel; Symfony; CodeIgniter; Yii; WordPress: woocommerce, wp; Drupal; Magento: adobe commerce
Shopify: shopify plus, shopify liquid; ~Sinatra; Sidekiq; Hotwire
GraphQL: apollo graphql; REST: ~REST, rest api, rest apis, restful, restful api, restful apis; gRPC
WebSockets: websocket; WebRTC; SOAP: ~SOAP; OpenAPI: swagger
APIs: api, api design, api development, api integration; Microservices: microservice, micro services; Serverless
Event-driven architecture: event driven, event sourcing
Android: android sdk, jetpack compose; iOS: ios sdk, uikit; Core Data: coredata; Xcode; Ionic; Xamarin
Mobile development: mobile apps, @mobile developer, @mobile engineer
Unity: ~Unity, unity3d; Unreal Engine: unreal, ue5
Game development: game design, @game designer, @game developer; OpenGL: vulkan; WebGL: three.js
Frontend: front-end, front end; Backend: back-end, back end; Full-stack: full stack, fullstack
Software engineering: software development, @software engineer, @software developer
Web development: @web developer, web designing
System design: distributed systems, software architecture, @software architect, @solutions architect
Design systems: design system
Object-oriented programming: oop, object oriented; Functional programming
Embedded systems: embedded software, firmware, rtos; Linux: unix, ubuntu, debian, red hat, rhel; Compilers: llvm
Windows Server; macOS: mac os; IoT: internet of things; Robotics: ~ROS, ros2; Computer graphics
Blockchain: web3; Ethereum: evm; Smart contracts: smart contract; DeFi; Bitcoin; ~Solana
"""

DATA_AND_AI = """
SQL: relational databases, relational database, t-sql, tsql, pl/sql, plsql; PostgreSQL: postgres, postgresql
MySQL: mariadb; SQL Server: mssql, ms sql
SQLite; ~Oracle: oracle database; NoSQL; MongoDB: mongo; Redis: valkey
Cassandra: scylladb; DynamoDB; Elasticsearch: elastic search, opensearch, elk stack; Neo4j: graph database
ClickHouse; Snowflake: ~Snowflake; BigQuery: big query; Redshift: amazon redshift
Databricks; ~Spark: pyspark, apache spark; Hadoop: hdfs; ~Hive; Kafka: apache kafka; ~Flink: apache flink
RabbitMQ: amqp; Airflow: apache airflow; Dagster; Prefect: ~Prefect; dbt
Fivetran; Data engineering: @data engineer, data pipelines, data pipeline; ETL: elt, etl/elt
Data modeling: data modelling, data models; Data warehousing: data warehouse, lakehouse, data lake
Data architecture: @data architect; Data governance: data quality, master data management
Data analysis: data analytics, @data analyst, analytics; Data science: @data scientist
Business intelligence: bi, ~BI; Tableau; Power BI: powerbi, dax; Looker: lookml, looker studio; Metabase
Data visualization: data visualisation; ?Statistics: statistical analysis, statistical modeling, biostatistics
A/B testing: ab testing, a/b tests, experimentation, split testing; Pandas: ~pandas, ~Pandas; NumPy; SciPy
scikit-learn: sklearn; PyTorch; TensorFlow; Keras; ~JAX; XGBoost; Hugging Face: huggingface
Machine learning: ml, @machine learning engineer, ml models; Deep learning: neural networks
NLP: natural language processing; Computer vision: opencv, image processing; Reinforcement learning: rlhf
?AI: artificial intelligence, ai/ml, @ai engineer; Generative AI: genai, gen ai
LLMs: llm, large language models, large language model; LangChain: langgraph
RAG: ~RAG, retrieval-augmented generation
Prompt engineering: prompt design; AI agents: agentic, ai agent; MCP: ~MCP, model context protocol
OpenAI: chatgpt, gpt-4; Anthropic: claude, claude code; Vector databases: pinecone, pgvector, weaviate
MLOps: ml ops, mlflow, kubeflow; Model serving: model deployment, model inference
AI tools: copilot, ~Cursor, coding agents, ~Codex
Recommendation systems: recommender systems, ranking; Time series: forecasting
AI training: ai trainer, data labeling, data labelling, annotation, data annotation
Search evaluation: search quality, web evaluation
Content review: content reviewer, content moderation, content analysis
Map evaluation: map data, map quality, maps evaluation; GIS: arcgis, qgis, postgis, geospatial
Web scraping: scraping, web crawling; Excel: ~Excel, microsoft excel, ms excel
Google Sheets: google spreadsheets
GPU programming: cuda, ~CUDA; Quantitative research: quantitative analysis, quant; Bioinformatics: genomics
Algorithms: data structures
"""

CLOUD_AND_SECURITY = """
AWS: amazon web services, ec2, s3, ~RDS, ~Lambda, cloudformation; Azure: microsoft azure, azure devops
GCP: google cloud, google cloud platform; ?Cloud: cloud infrastructure, cloud computing
Kubernetes: k8s, eks, gke
Docker: containers, containerization; Helm: ~Helm; Terraform: opentofu; Infrastructure as code: iac; Ansible
~Puppet; ~Chef; Pulumi; CI/CD: ci cd, cicd, continuous integration, continuous delivery
Jenkins; GitHub Actions; GitLab CI: gitlab; CircleCI; Argo CD: argocd, gitops; Git: github, version control
DevOps: @devops engineer, platform engineering; SRE: site reliability, site reliability engineering
Incident response: incident management, on-call; Observability: monitoring, opentelemetry; Prometheus; Grafana
Datadog; ~Splunk; New Relic; ~Sentry; Nginx; Cloudflare: cdn; Vercel
~Heroku; Firebase: firestore; Supabase; Networking: tcp/ip, dns, cisco, network engineering, @network engineer
VMware: virtualization, hypervisor; System administration: sysadmin, @systems administrator
?Security: cybersecurity, cyber security, information security, infosec, @security engineer
Application security: appsec, owasp; SaaS security; Cloud security; Penetration testing: pentesting, red team
SIEM: ~SIEM; SOC: security operations; Threat intelligence: threat hunting
IAM: identity management, identity and access management, okta, sso, oauth; Cryptography: encryption, pki
Zero trust
Vulnerability management; SOC 2: soc2, iso 27001; GDPR: data privacy, data protection, ccpa; HIPAA; PCI DSS: pci
FedRAMP; IT support: help desk, helpdesk, service desk, desktop support
Technical support: tech support, @support engineer, troubleshooting; ServiceNow; ITIL: itsm
Microsoft 365: office 365, o365, active directory, entra; ~Intune: mdm, ~Jamf; Microsoft Teams: ms teams
VoIP: sip, telephony, ~SIP; Unified communications: ucaas; ?Telecommunications: telecom, 5g
?Hardware: electronics, pcb; Performance engineering: performance tuning, load testing
QA: quality assurance, @qa engineer, @tester, software testing, manual testing
Test automation: automated testing, automation testing, sdet, unit testing; Selenium; ~Cypress; ~Playwright
~Jest; Appium; TDD: test-driven
"""

PRODUCT_AND_DESIGN = """
Product management: @product manager, product owner, product strategy, product roadmap
Technical product management: @technical product manager
Product marketing: @product marketer, go-to-market, gtm
Project management: @project manager, pmp, prince2; Program management: @program manager, programme management
Program coordination: @program coordinator, @project coordinator; Agile: ~Agile, scrum, kanban
Jira: ~Jira, atlassian; ~Confluence; ~Asana; ~Trello; ~Monday.com: monday.com; ~ClickUp; ~Notion
~Linear: linear app; ~Airtable; ~Miro; Business analysis: @business analyst, requirements gathering
User research: ux research, @ux researcher, usability testing; UX design: ux, ~UX, user experience, ux/ui, ui/ux
UI design: ui, ~UI, user interface; Product design: @product designer; Interaction design
?Design: @designer, visual design, creative direction, @creative director; Graphic design: @graphic designer
Web design: @web designer; Figma; ~Sketch: sketch app; ~Framer; Webflow; Wireframing: wireframes, prototyping
Adobe Creative Suite: adobe creative cloud, adobe cc; Photoshop: adobe photoshop
Illustrator: adobe illustrator, ~Illustrator; InDesign: adobe indesign; After Effects
Premiere Pro: adobe premiere, premiere; ~Canva
Illustration: @illustrator; Animation: @animator, motion graphics, motion design
3D modeling: 3d modelling, ~Maya, ~Blender, 3ds max, zbrush, houdini
3D character art: character art, @character artist
Video editing: @video editor, video production, davinci resolve, final cut; ?Photography: @photographer
Audio production: sound design, podcasting, voice over, @voice actor
Level design: @level designer, @environment artist
Accessibility: wcag, a11y; ?Branding: brand strategy, brand identity, @brand manager
CAD: autocad, solidworks, ~CAD; Revit: ~Revit, ~BIM
Mechanical engineering: @mechanical engineer; Electrical engineering: @electrical engineer
Civil engineering: civil design, civil design engineer, @civil engineer; Systems engineering: @systems engineer
?Manufacturing: cnc, machining, lean manufacturing; Six Sigma: lean six sigma
Quality control: quality management, iso 9001; Optical engineering: optics; Nuclear engineering: nuclear safety
?Energy: renewable energy, solar
"""

MARKETING_AND_SALES = """
?Marketing: @marketer, @marketing manager, marketing strategy
Digital marketing: online marketing, @digital marketer; Content marketing: content creation, @content marketer
Content strategy: @content strategist
Copywriting: @copywriter, copywriter
?Writing: @writer, writers, content writing, creative writing, ghostwriting
Technical writing: @technical writer, documentation; ?Editing: @editor, proofreading, copy editing
Literature: literary analysis; Journalism: @journalist, @reporter; SEO: search engine optimization, ~SEO
SEM: ~SEM, search engine marketing, paid search, ppc; Google Ads: adwords; Meta Ads: facebook ads
Paid media: paid social, media buying, @media buyer, performance marketing; Google Analytics: ga4
Social media: social media marketing, social media management; Community management: @community manager
Email marketing: klaviyo, email campaigns, newsletters; SMS marketing: text message marketing
Marketing automation: marketo, pardot; HubSpot; Mailchimp; Growth marketing: growth hacking, demand generation
Lead generation: lead gen, prospecting; Conversion rate optimization: cro, ~CRO
Influencer marketing: creator partnerships; Affiliate marketing; Public relations: ~PR, media relations
?Communications: internal communications, @communications manager
?Event management: event planning, events; Market research: competitive analysis
E-commerce: ecommerce, online retail; Amazon FBA: amazon seller; ?Advertising: ad operations, adtech
Copy testing
?Sales: @sales representative, @account executive, b2b sales, inside sales, sales development, @sales manager, closing
?B2B: b2b; B2B SaaS: saas b2b; ?SaaS: software as a service; Cold calling: cold outreach
Business development: @business development representative
Account management: @account manager, key accounts, @account specialist
Customer success: @customer success manager; ?Customer experience: cx, ~CX
?Partnerships: partner management, partner sales, channel sales, @partner manager
Sales engineering: @sales engineer, presales, pre-sales, @solutions engineer; ?Negotiation: contract negotiation
CRM: ~CRM, crm systems
Salesforce: sfdc, salesforce.com; ~Pipedrive; ~Gong; ~Outreach: outreach.io
LinkedIn Sales Navigator: sales navigator; Zoho; RevOps: revenue operations, sales operations
?Pricing: pricing strategy
?Customer support: customer service, client support, @support specialist, @support agent, @support representative
Contact center: contact centre, call center, call centre, concierge
Zendesk; ~Intercom; Freshdesk: freshworks
Travel planning: travel booking, @travel agent, travel coordination; ?Hospitality: hotels, hotel
?Retail: merchandising; ?Real estate: property management
Developer relations: devrel, developer advocacy, @developer advocate
Technical account management: @technical account manager
?Implementation: @implementation specialist, @implementation manager; ERP implementation: erp, ~ERP
?Consulting: @consultant, advisory, @consulting; Solution architecture: @solution architect
"""

BUSINESS_AND_CARE = """
?Finance: corporate finance, @finance manager
Financial analysis: @financial analyst, financial modeling, financial modelling, fp&a
Accounting: @accountant, general ledger, us gaap, gaap, ifrs, accounts payable, accounts receivable
UK accounting: uk-based clients, uk gaap; Bookkeeping: @bookkeeper; VAT: ~VAT
?Tax: tax preparation, taxation, us tax; Payroll; ?Audit: internal audit, @auditor, auditing
Budgeting: budget management; Treasury: cash management
QuickBooks: quick books; ~Xero; NetSuite: oracle netsuite; SAP: ~SAP, s/4hana; ~Workday: workday hcm
Stripe: ~Stripe, payments; ?Banking: fintech, lending, mortgage
?Insurance: underwriting, claims handling, claims processing
?Risk management: credit risk, risk analysis; ?Compliance: regulatory compliance, @compliance analyst
AML: anti-money laundering, kyc, ~AML; ?Fraud prevention: fraud detection, fraud; ?Trading: crypto trading
?Investment: asset management, private equity
Business operations: operations management, @operations manager, bizops, process improvement
?Supply chain: logistics, supply chain management; Procurement: purchasing, sourcing, vendor management
Acquisition: defense defense acquisition, government acquisition
Inventory management: warehouse; Executive assistance: executive assistant, executive support
Virtual assistance: virtual assistant
?Administration: administrative support, @administrative assistant, @office assistant
Calendar management: scheduling
?Data entry; ~Informatica; ~CMS: content management systems, content management system; ~YouTube; ~TikTok
Augmented reality: virtual reality, ar/vr; Open source; Code review
Google Workspace: g suite, gsuite, google docs; Microsoft Office: ms office, office suite
PowerPoint: ~PowerPoint; ~Slack; ~Zoom; SharePoint; Zapier; ~n8n; Make.com: integromat
?Automation: workflow automation, rpa, uipath
?Human resources: hr, ~HR, people operations, @hr business partner
Recruiting: recruitment, talent acquisition, @recruiter, sourcing candidates; ATS: applicant tracking
?Employee benefits: compensation and benefits, benefits administration
Learning and development: l&d, instructional design, @instructional designer, e-learning, elearning
Change management: organizational change
?Leadership: @chief, @head of, @ceo, @cto, @coo, @vp, @vice president, team leadership, people management
?Strategy: business strategy, strategic planning, @strategist
?Legal: paralegal, @paralegal, @attorney, @counsel, legal research
?Contract management: contract law, contracts; Immigration law: business immigration
Intellectual property: patents; Litigation: document review; Public policy: government relations, @policy
?Teaching: @teacher, @teachers, teachers, curriculum
Language teaching: language teachers, language teacher, esl, tefl; Tutoring: @tutor
Translation: @translator, localization, localisation; Transcription: captioning; Linguistics: @linguist
?Nursing: @nurse, registered nurse; ??Medicine: physician, clinical practice
?Mental health: @therapist, psychotherapy, counseling, counselling, @psychologist, lcsw
?Healthcare: health care, clinical; Telehealth: telemedicine
Pharmacy: @pharmacist, pharmaceuticals; 340B: 340b program; Medical coding: icd-10, cpt
Medical billing: revenue cycle, revenue cycle management; Medical writing: @medical writer
Clinical trials: clinical research
Clinical operations: site management; Pharmacovigilance: drug safety; FHIR: hl7, ~FHIR; EHR: emr, ~EHR, ~EMR
Case management: utilization review; Social work: @social worker; Dietetics: nutrition; ?Life sciences: biotech
?Research: @researcher, academic research; Grant writing: grants, fundraising; ?Nonprofit: ngo, non-profit
?Sustainability: esg, climate; ?Construction: construction management; ?Agriculture: food safety
?Aviation: aerospace; ?Automotive; ?Defense: dod, military
GCP compliance: good clinical practice, ich-gcp; Auditing standards: sox; Actuarial science: @actuary
?Economics: @economist; ?Physics: @physicist; ?Chemistry: @chemist; ?Biology: @biologist; ?Mathematics: math
?Psychology; ?Philosophy
"""

ALL = (
    LANGUAGES_AND_FRAMEWORKS,
    DATA_AND_AI,
    CLOUD_AND_SECURITY,
    PRODUCT_AND_DESIGN,
    MARKETING_AND_SALES,
    BUSINESS_AND_CARE,
)
