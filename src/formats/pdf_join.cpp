#include "formats/pdf_join.h"

#define POINTERHOLDER_TRANSITION 4
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>

#include "crypto/hash.h"

namespace countback::formats {

namespace {

/// Forms within forms of a page: what a letter has, with room to spare.
constexpr int depth_max = 6;

std::string digest_of(QPDFObjectHandle stream) {
    const auto raw = stream.getRawStreamData();
    crypto::Sha256 hash;
    hash.add({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()});
    hash.add(stream.getDict().getKey("/Width").unparse() + '/' +
             stream.getDict().getKey("/ColorSpace").unparse());
    return hash.hex();
}

}  // namespace

struct PdfJoiner::Work {
    QPDF file;
    QPDFPageDocumentHelper sheets{file};
    std::map<std::string, QPDFObjectHandle> pictures{};  ///< by what they show: a logo is kept once
    std::set<QPDFObjGen> shared{};
    int pages = 0;

    void add_empty_side();
    void share_pictures(QPDFObjectHandle resources, int depth);
    QPDFObjectHandle the_one(QPDFObjectHandle picture);
};

void PdfJoiner::Work::add_empty_side() {
    const auto page = QPDFObjectHandle::parse(&file,
                                              "<< /Type /Page /MediaBox [0 0 595.276 841.89] "
                                              "/Resources << >> >>");
    sheets.addPage(QPDFPageObjectHelper(file.makeIndirectObject(page)), false);
    ++pages;
}

/// The picture that stands for this one; a second copy is dropped, with its transparency.
QPDFObjectHandle PdfJoiner::Work::the_one(QPDFObjectHandle picture) {
    std::string name = digest_of(picture);
    auto mask = picture.getDict().getKey("/SMask");
    if (mask.isStream()) name += digest_of(mask);
    const auto [known, is_new] = pictures.try_emplace(name, picture);
    if (is_new) {
        shared.insert(picture.getObjGen());
        return picture;
    }
    if (known->second.getObjGen() == picture.getObjGen()) return picture;
    if (mask.isStream()) file.replaceObject(mask.getObjGen(), QPDFObjectHandle::newNull());
    file.replaceObject(picture.getObjGen(), QPDFObjectHandle::newNull());
    return known->second;
}

void PdfJoiner::Work::share_pictures(QPDFObjectHandle resources, int depth) {
    if (depth > depth_max || !resources.isDictionary()) return;
    auto drawn = resources.getKey("/XObject");
    if (!drawn.isDictionary()) return;
    for (const std::string& key : drawn.getKeys()) {
        auto one = drawn.getKey(key);
        if (!one.isStream()) continue;
        const std::string kind = one.getDict().getKey("/Subtype").unparse();
        if (kind == "/Image" && shared.count(one.getObjGen()) == 0) drawn.replaceKey(key, the_one(one));
        if (kind == "/Form") share_pictures(one.getDict().getKey("/Resources"), depth + 1);
    }
}

PdfJoiner::PdfJoiner(std::string_view title) : work_(std::make_unique<Work>()) {
    work_->file.emptyPDF();
    auto notes = QPDFObjectHandle::newDictionary();
    notes.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(std::string(title)));
    notes.replaceKey("/Creator", QPDFObjectHandle::newUnicodeString("Countback"));
    work_->file.getTrailer().replaceKey("/Info", work_->file.makeIndirectObject(notes));
}

PdfJoiner::PdfJoiner(PdfJoiner&&) noexcept = default;
PdfJoiner& PdfJoiner::operator=(PdfJoiner&&) noexcept = default;
PdfJoiner::~PdfJoiner() = default;

bool PdfJoiner::add(const std::string& pdf) {
    QPDF source;
    source.setSuppressWarnings(true);
    source.setAttemptRecovery(false);
    source.setImmediateCopyFrom(true);  // so that the source's bytes are let go
    try {
        source.processMemoryFile("letter", pdf.data(), pdf.size());
        auto pages = QPDFPageDocumentHelper(source).getAllPages();
        if (pages.empty()) return false;
        if (work_->pages % 2 == 1) work_->add_empty_side();
        for (QPDFPageObjectHelper& page : pages) {
            work_->sheets.addPage(page, false);
            ++work_->pages;
            auto added = work_->file.getAllPages().back();
            work_->share_pictures(added.getKey("/Resources"), 0);
        }
    } catch (const std::exception&) {
        return false;
    }
    return true;
}

int PdfJoiner::pages() const { return work_->pages; }

std::string PdfJoiner::finish() {
    QPDFWriter writer(work_->file);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace countback::formats
