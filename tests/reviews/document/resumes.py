"""Invented résumés of many countries, marked by hand: [[kind:words]] tells who wrote them, all else does not.

Nobody here exists. Numbers are of ranges kept for fiction where a country has one.
"""

from __future__ import annotations

import re

from bot.reviews.document.marks import Mark

HIDE = ("Northwind Freight", "Amina Tessaro")

RESUMES = (
    """[[word:Amina Tessaro]]
Senior Backend Engineer · Lisbon, Portugal (UTC+0)
[[email:amina.tessaro@example.org]] | [[phone:+351 912 345 678]] | [[link:linkedin.com/in/amina-tessaro]]
Experience
[[word:Northwind Freight]], 2019–2023
Moved 120 services from Python 3.8.10 to 3.11.4, cut p99 from 1200 ms to 350 ms.
Paid 1 200 000 EUR of invoices a month; 99.95 % uptime; 10,000,000 requests a day.
Book: Queues in practice, ISBN 978-3-16-148410-0, 2021. RFC 7231, DOI 10.1000/182.
2012 - 2016 BSc Computer Science, GPA 3.85/4.00
""",
    """CURRICULUM VITAE
Johannes Beispiel
Anschrift: [[address:Lindenstraße 5a, 10969 Berlin]]
Tel.: [[phone:030 23125 123]]   Mobil: [[phone:0171 39200 12]]
E-Mail: [[email:j.beispiel@example.de]]
Geburtsdatum: [[birth:12.03.1988]]   Familienstand: ledig
Berufserfahrung
01.04.2019 – 31.12.2023 Softwareentwickler, Muster AG, Berlin
10/2014 - 03/2019 Werkstudent, 20 Stunden pro Woche, Team von 8
Zertifikat Nr. 4711 0815 2020, ISO 27001, DIN 5008
Projekt: 250.000.000 Datensätze, Budget 1.500.000 EUR, Version 2023.10.1
""",
    """Camille Exemple
[[address:12 bis, rue de la Paix]], 75002 Paris
[[phone:06 39 98 12 34]] - [[email:camille.exemple@example.fr]]
Née le [[birth:4 juin 1990]]
Expérience
2018-2022 : Développeuse, 5 ans d'expérience, équipe de 12 personnes
3 routes principales refondues, 40 000 utilisateurs, 2 500 000 lignes traitées
Permis B. Score TOEIC 945. Norme NF EN 301549.
""",
    """MARÍA EJEMPLO GARCÍA
[[address:Calle de Alcalá 45]], 3º B, 28014 Madrid
Móvil: [[phone:612 345 678]] · [[email:maria.ejemplo@example.es]]
Fecha de nacimiento: [[birth:23/11/1985]] · Edad: [[birth:38]]
Experiencia: 2015–2020 analista; 1.250.000 registros; 300 000 clientes
Via rápida de despliegue: 4 pasos. Plaza fija desde enero de 2021.
""",
    """João Exemplo
[[address:Rua Augusta, nº 1200]], São Paulo - SP
[[phone:(11) 98765-4321]] | [[email:joao@example.com.br]] | [[link:github.com/joaoexemplo]]
Data de nascimento: [[birth:15/08/1992]]
Experiência: 03/2018 - 07/2023, Kubernetes 1.27.3, 15 microsserviços
""",
    """ANNA PRZYKŁAD
[[address:ul. Długa 14/3]], 00-238 Warszawa
tel. [[phone:601 234 567]], [[email:anna.przyklad@example.pl]]
Data urodzenia: [[birth:07.07.1991]]
Doświadczenie: 2016-2021 programistka, 120 000 zamówień dziennie, 3 zespoły
""",
    """Jordan Sample
[[address:742 Evergreen Terrace]], Springfield, OR
[[phone:(503) 555-0142]] • [[email:jordan_sample@example.com]] • [[link:https://jordansample.example.dev]]
Staff Engineer, 2017 – present
Led 3 teams on the road to 20 releases; moved 50 TB to Google Drive in 2019.
Grew revenue from $1,200,000 to $4,500,000. Top 10 Best Place to Work 2022. Won 1st Place in 2018 Hackathon.
SLA 99.999, 192.168.100.200/24, OAuth 2.0, TLS 1.3, AWS S3 2TB, US Patent 10123456
""",
    """Priya Udaharan
Flat: [[address:Flat No. 12, Lake View]], Pune
Mobile – [[phone:+91 98765 43210]]; WhatsApp [[phone:9876501234]]
Email : [[email:priya.udaharan@example.in]]
DOB: [[birth:5th May 1995]]
2020-2024 Data Engineer: 12 pipelines, 40 lakh rows, 98.5 % accuracy, Spark 3.4.1, order id 9876543210
""",
    """氏名 見本 花子
住所: [[address:東京都新宿区西新宿2-8-1]]
電話: [[phone:03-5555-0123]]  携帯 [[phone:090-1234-5678]]
生年月日: [[birth:1990年4月1日]]
職歴 2015年4月 - 2020年3月 株式会社見本 バックエンド
""",
    """张示例
手机：[[phone:138 0013 8000]]  邮箱：[[email:shili@example.cn]]
地址：[[address:上海市示例路123号]]
出生日期：[[birth:1993-05-20]]
2018.07-2022.06 后端工程师，日均请求 1200 万，团队 8 人
""",
    """Иван Примеров
[[phone:8 (495) 123-45-67]], [[email:ivan@example.ru]]
[[address:ул. Ленина, д. 5]], Казань
Дата рождения: [[birth:01.02.1987]]
Опыт: 2012–2018, 15 сервисов, 1 000 000 пользователей
""",
    """Oliver Specimen
[[address:14 High Oak Road]], Bristol [[address:BS1 4DJ]]
M: [[phone:07700 900123]]  T: [[phone:0117 496 0123]]
[[email:oliver.specimen@example.co.uk]]
2021-09 – 2024-02 Platform Engineer. Reduced cost by 35 %, 1,024 nodes, 16,384 partitions, v2.14.0.
Volunteer: taught coding to children aged 12 and 14, age 16+ welcome.
""",
    """Sofie Voorbeeld
[[address:Prinsengracht 263]], Amsterdam
[[phone:+31 (0)6 12345678]] / [[email:sofie [at] example [dot] nl]]
Geboortedatum: [[birth:9 september 1989]]
2014–2019: 24/7 on call, 365 dagen, 4 landen, 2e plaats hackathon 2017
""",
    """Erik Exempel
[[address:Storgatan 12]], Uppsala
[[phone:+46 70 174 06 05]], Telegram: [[link:@erik_exempel]]
Utvecklare 2016–2022, 10 000 kunder, budget 2 500 000 kr
""",
    """Giulia Esempio
[[address:Via Roma 12]], Torino — Cell. [[phone:333 123 4567]]
Nata il [[birth:3 marzo 1994]]
Dal 2018 al 2023 sviluppatrice; 50.000.000 di eventi; 12/2020 premio
""",
    """Mehmet Örnek
[[address:Barbaros Mah. Lale Sok. No: 7/2]], Ataşehir
[[phone:0532 123 45 67]] – [[email:mehmet@example.com.tr]]
Doğum tarihi: [[birth:11.11.1990]]
2013-2019 arka uç, 3 ürün, 25 000 kullanıcı
""",
    """Kim Boda
연락처: [[phone:010-1234-5678]]   [[email:boda@example.kr]]
생년월일: [[birth:1996년 3월 2일]]
2019.03 - 2023.08 백엔드 개발자, 서비스 5개, 초당 12000 요청
""",
    """Chidi Example
Lagos, Nigeria · [[phone:+234 803 123 4567]] · [[email:chidi@mail.example.ng]] · [[link:https://x.com/chidi_example]]
Ten years old codebase rewritten; 27 year projects; 40 years of combined experience
Salary survey 2022: 85 000 – 110 000 USD. 555 tests, 12345678 rows, commit 7654321
""",
    """Sam Placeholder, [[birth:34 years old]]
Remote · [[email:sam.placeholder@
example.org]] · [[phone:+1 555
010 0199]]
Work
Northwind: a shop. [[word:NORTHWIND
FREIGHT]] is where I work; also written [[word:Northwind-Freight]].
GitHub: Actions, Pages. Git 2.42.0. 8 x 1024 x 768. 2020 2021 2022 2023
""",
    """Noor Sjabloon
[[link:noor.dev]] — [[link:@noor@social.example.org]] — ORCID [[link:0000-0002-1825-0097]]
Stack: Node.js, ASP.NET, socket.io, vue.js. HTTP 404, port 5432, RFC 9110, CVE-2021-44228, CVE-2014-0160
Publications 2008, 2011; pp. 1234-1250; arXiv:2101.00001; PMID 31234567; grant 0123456789
2016/09 - 2018/06 MSc; 01/2019–present
""",
    """Beatriz Modelo
[[address:Av. Paulista, 1578]] – Bela Vista, São Paulo
Celular: [[phone:11 91234-5678]] E-mail: [[email:beatriz@modelo.example]]
[[link:www.linkedin.com/in/beatriz-modelo-123]]
Idade: [[birth:29]] anos
2016 a 2020: 1.500 clientes, R$ 2.000.000, SLA 99,9
""",
    """Tomáš Vzor
Adresa: [[address:Dlouhá 12]], Praha 1
Telefon: [[phone:+420 601 123 456]], [[email:tomas.vzor@example.cz]]
Datum narození: [[birth:3. 5. 1990]]
2012-2019 programátor; 150 000 uživatelů
""",
    """Liam Dummy
[[phone:+353 85 012 3456]] · [[email:liam@dummy.example]] · Dublin
[[address:Apt 4, 22 Parnell Square]]
Skills: Python 3.12, PostgreSQL 15.4, k8s 1.28.2; reduced 2000000 queries to 15000
Talks: PyCon 2018, 2019, 2022. Pages 100 200 300.
""",
    """Fatima Muster
[[address:Am Stadtpark 7]], 1030 Wien
[[phone:0660 1234567]] | [[email:fatima.muster@example.at]] | geb. [[birth:1. Jänner 1992]]
Seit 2018: 3 Teams, 250 Tests, Budget 500 000 Euro
""",
    """Wei Sample
Singapore · [[phone:9123 4567]] · [[email:wei.sample@example.sg]] · [[link:wei-sample.github.io]]
[[address:Blk 123 Ang Mo Kio Ave 4 #05-12]]
2015 - 2021; 1,234,567 txns; ISO 8601; AES-256-GCM; 2001:db8::1
""",
    """Nguyễn Mẫu
ĐT: [[phone:0912 345 678]]  Email: [[email:mau@example.vn]]
Ngày sinh: [[birth:12/04/1995]]
2017-2022: 20 dự án, 1.000.000 người dùng
""",
    """Kwame Demo
GitHub: [[link:github.com/kwame-demo]]  Phone: [[phone:+233 24 123 4567]]
[[email:kwame.demo@example.com.gh]]
P.O. Box [[address:P.O. Box 1234]], Accra
Handled 50,000 tps; 2013–2017; 2017–2024; p99 120 ms
""",
    """Lucía Muestra, Buenos Aires
[[phone:+54 9 11 1234-5678]] / [[email:lucia@muestra.example]] / Tel [[phone:4123-4567]]
Edad [[birth:31 años]]
2014-2018 Analista. Carrera de Sistemas, plan 2010. Materias: 36. Promedio 8,75.
""",
)


def unmarked(marked: str) -> tuple[str, list[Mark]]:
    """The text alone, and what in it tells who wrote it."""
    text, marks, place = "", [], 0
    for found in re.finditer(r"\[\[(\w+):(.*?)\]\]", marked, re.DOTALL):
        text += marked[place : found.start()]
        marks.append(Mark(found[1], len(text), len(text) + len(found[2])))  # type: ignore[arg-type]
        text += found[2]
        place = found.end()
    return text + marked[place:], marks
